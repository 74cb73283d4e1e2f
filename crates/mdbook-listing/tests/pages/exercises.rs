//! `{{#exercise …}}`.

use crate::fixture::Book;

const FOLDER: &str = "chapters-code/chapter1/exercises";

/// A page that shows those exercises, the first on line 5.
fn showing(names: &[&str]) -> String {
    let directives = names
        .iter()
        .map(|name| format!("\n{{{{#exercise chapter1/{name}}}}}\n"));
    "# A\n\n## B\n".to_owned() + &directives.collect::<String>()
}

fn book(names: &[&str]) -> Book {
    Book::new()
        .page("chapter1-run/a.md", &showing(names))
        .exercises("chapter1", names)
}

#[test]
fn an_exercise_has_its_task_its_code_and_its_check() {
    let page = book(&["first"]).builds().page("chapter1-run/a.html");
    let page = page.replace("\n\n", "\n");
    for part in [
        "<section class=\"exercise\" id=\"exercise-chapter1-first\" \
         data-exercise=\"chapter1/first\" aria-labelledby=\"exercise-chapter1-first-title\">",
        "<a class=\"number\" href=\"#exercise-chapter1-first\">Exercise 1-1</a> · 10 minutes",
        "<p class=\"title\" id=\"exercise-chapter1-first-title\">A <em>whole</em> answer</p>",
        "<p>Mend <code>f</code>:</p>\n<ul>\n<li>for <a href=\"#b\">one</a>;</li>",
        "<figure class=\"listing\" data-listing=\"chapter1/first\" data-exercise=\"\" data-verb=\"Check\">",
        "<span class=\"number heard\">Exercise 1-1</span>",
        "chapters-code/<wbr>chapter1/<wbr>exercises/<wbr>first.rs</span>",
        "fn f() -&gt; Vec&lt;u8&gt; {\n    vec![]\n}</code></pre>",
        "<span class=\"typed\">cargo test -p chapter1 --test first</span>",
        "<script type=\"application/json\" class=\"events\">[]</script>",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
}

#[test]
fn each_hint_opens_in_the_one_before_and_the_solution_in_the_last() {
    let page = book(&["first"]).builds().page("chapter1-run/a.html");
    let (_, folded) = page.split_once("</figure>").unwrap();
    let order = [
        "<details class=\"hint\">",
        "<summary>Hint 1: where to look</summary>",
        "<p>Look <em>here</em>.</p>",
        "<details class=\"hint\">",
        "<summary>Hint 2: what to use</summary>",
        "<p><code>use</code></p>",
        "<details class=\"hint\">",
        "<summary>Hint 3: how it goes</summary>",
        "<p>so</p>",
        "<details class=\"solution\">",
        "<summary>The solution</summary>",
        "<p>It was empty.</p>",
        "fn f() { /* {{#a}} */ }",
        "</details></details></details></details></section>",
    ];
    let mut rest: &str = &folded.replace('\n', "");
    for part in order {
        let found = rest.split_once(part);
        let (before, after) = found.unwrap_or_else(|| panic!("no {part} in {rest}"));
        assert!(!before.contains("</details>"), "{part} after {before}");
        rest = after;
    }
    assert!(!folded.contains("<details open"), "{folded}");
}

#[test]
fn exercises_are_counted_as_listings_are() {
    let page = book(&["first", "second"])
        .builds()
        .page("chapter1-run/a.html");
    for (name, number) in [("first", "1-1"), ("second", "1-2")] {
        let link = format!("href=\"#exercise-chapter1-{name}\">Exercise {number}</a>");
        assert!(page.contains(&link), "{page}");
    }
}

#[test]
fn an_appendix_has_its_own_series() {
    let page = "# A\n\n## B\n\n{{#listing rust/a A}}\n\n{{#exercise rust/first}}\n";
    let page = Book::new()
        .page("appendix-rust/a.md", page)
        .listing("rust/a")
        .exercises("rust", &["first"])
        .builds()
        .page("appendix-rust/a.html");
    assert!(page.contains(">Listing A-1<"), "{page}");
    assert!(page.contains(">Exercise A-1<"), "{page}");
}

#[test]
fn a_page_of_the_server_says_that_it_checks() {
    let page = book(&["first"]).builds_live().page("chapter1-run/a.html");
    assert!(
        page.contains("data-exercise=\"\" data-verb=\"Check\" data-live=\"\">"),
        "{page}"
    );
}

#[test]
fn an_unknown_exercise_is_named_with_the_nearest() {
    Book::new()
        .page("chapter1-run/a.md", &showing(&["first", "first_one"]))
        .exercises("chapter1", &["first"])
        .fails_with([
            "book/chapter1-run/a.md:7: there is no exercise chapter1/first_one; the nearest name is \
             chapter1/first",
        ]);
    Book::new()
        .page("chapter1-run/a.md", &showing(&["first"]))
        .fails_with([
            "book/chapter1-run/a.md:5: there is no exercise chapter1/first; there is none at all",
        ]);
}

#[test]
fn each_exercise_is_shown_once() {
    Book::new()
        .page("chapter1-run/a.md", &showing(&["first", "first"]))
        .exercises("chapter1", &["first", "second"])
        .fails_with([
            "book/chapter1-run/a.md:7: chapter1/first is shown twice; it stands at \
             book/chapter1-run/a.md:5 already",
            "chapters-code/chapter1/exercises/given/second.rs: no page shows the exercise \
             chapter1/second",
        ]);
}

#[test]
fn the_book_and_the_manifest_have_one_order() {
    Book::new()
        .page("chapter1-run/a.md", &showing(&["second", "first"]))
        .exercises("chapter1", &["first", "second"])
        .fails_with([
            "book/chapter1-run/a.md:7: chapter1/first is shown after chapter1/second, and stands \
             before it in the chapter's Cargo.toml",
        ]);
}

#[test]
fn an_exercise_stands_alone_on_a_page_of_its_chapter() {
    Book::new()
        .page(
            "chapter1-run/b.md",
            "# B\n\nAs in {{#exercise chapter1/first}}\n",
        )
        .page(
            "chapter10-more/a.md",
            "# A\n\n## B\n\n{{#exercise chapter1/second}}\n",
        )
        .exercises("chapter1", &["first", "second"])
        .fails_with([
            "book/chapter1-run/b.md:3: put the exercise chapter1/first on a line of its own, with \
             blank lines around",
            "book/chapter10-more/a.md:5: the exercise chapter1/second belongs on a page of its \
             own chapter, chapter1",
        ]);
}

#[test]
fn a_file_that_is_missing_is_named() {
    let book = book(&["first"]);
    let check = "chapters-code/chapter1/checks/first.rs";
    std::fs::remove_file(book.root().join(check)).unwrap();
    book.fails_with([
        "chapters-code/chapter1/exercises/given/first.rs: the exercise chapter1/first has no \
         chapters-code/chapter1/checks/first.rs",
    ]);
}

#[test]
fn what_cannot_be_read_is_a_problem_of_its_file() {
    let hints = "minutes = 10\nfails = \"it\"\nhints = [\"a\"]\n";
    book(&["first", "second"])
        .file(&format!("{FOLDER}/first.toml"), hints)
        .file(&format!("{FOLDER}/second.toml"), "minute = 10\n")
        .fails_with([
            "chapters-code/chapter1/exercises/first.toml: an exercise has 3 hints, and this one 1",
            "chapters-code/chapter1/exercises/second.toml: unknown field `minute`, expected one \
             of `minutes`, `fails`, `hints`, `needs`",
        ]);
    book(&["first"])
        .file(&format!("{FOLDER}/forgotten.test.rs"), "")
        .fails_with([
            "book/chapter1-run/a.md:5: there is no exercise chapter1/first; there is none at all",
            "chapters-code/chapter1/exercises/forgotten.test.rs: it is in no [[test]] of the chapter's \
             Cargo.toml",
        ]);
}

#[test]
fn its_texts_hold_no_program_and_its_links_lead_somewhere() {
    let given = "//! # A\n//!\n//! ```rust\n//! f();\n//! ```\n\nfn f() {}\n";
    let hints = "minutes = 1\nfails = \"it\"\nhints = [\"[a](#c)\", \"<b>x</b>\", \"c\"]\n";
    book(&["first", "second"])
        .file(&format!("{FOLDER}/given/first.rs"), given)
        .file(&format!("{FOLDER}/second.toml"), hints)
        .fails_with([
            "book/chapter1-run/a.md:5: chapters-code/chapter1/exercises/given/first.rs: a code \
             block here is console, toml or text, and says so",
            "book/chapter1-run/a.md:7: chapter1-run/a.md has no #c; the nearest name is #a",
            "book/chapter1-run/a.md:7: chapters-code/chapter1/exercises/second.toml: <b> cannot \
             stand here: put it in backticks",
        ]);
}

#[test]
fn a_check_names_pages_of_the_book() {
    let check = "const PAGE: &str = \"chapter1-run/a.md\";\n\n\
                 fn a() {\n    trial().read(PAGE).read(\"chapter1-run/b.md\");\n}\n";
    book(&["first"])
        .file("chapters-code/chapter1/checks/first.rs", check)
        .fails_with([
            "chapters-code/chapter1/checks/first.rs:4: there is no page chapter1-run/b.md; the \
             nearest name is chapter1-run/a.md",
        ]);
}

#[test]
fn the_list_leads_to_each_exercise_from_wherever_it_stands() {
    let built = book(&["first", "second"])
        .page("appendix-all/b.md", "# B\n\n{{#exercises}}\n")
        .builds();
    let page = built.page("appendix-all/b.html");
    for (name, number) in [("first", "1-1"), ("second", "1-2")] {
        let place = format!("../chapter1-run/a.html#exercise-chapter1-{name}");
        for part in [
            format!("<td>{number}</td><td><a href=\"{place}\">A <em>whole</em> answer</a></td>"),
            format!("<td data-passed=\"chapter1/{name}\"></td>"),
        ] {
            assert!(page.contains(&part), "no {part} in\n{page}");
        }
    }
}

#[test]
fn the_list_takes_no_arguments_and_stands_alone() {
    for (line, fault) in [
        ("{{#exercises chapter1}}", "{{#exercises}} has no arguments"),
        (
            "All: {{#exercises}}",
            "put {{#exercises}} on a line of its own, with blank lines around",
        ),
    ] {
        let page = format!("# B\n\n{line}\n");
        let expected = format!("book/b.md:3: {fault}");
        book(&["first"])
            .page("b.md", &page)
            .fails_with([&*expected]);
    }
}
