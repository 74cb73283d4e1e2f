//! What a renderer gets that is not HTML's.

use crate::fixture::{Book, Run};
use std::path::Path;

/// No tag of an element but the anchors', and nothing that mdBook did not replace.
#[track_caller]
fn is_plain(page: &str) {
    for (at, anchor) in page.match_indices("<span id=\"") {
        let rest = &page[at + anchor.len()..];
        let empty = rest
            .split_once('"')
            .map(|(_, after)| after.starts_with("></span>"));
        assert_eq!(empty, Some(true), "{rest}");
    }
    let tags = page.replace("</span>", "").replace("<span id=\"", "");
    for tag in [
        "<div", "<figure", "<pre", "<p>", "<p ", "<script", "<aside", "<svg", "<span", "<table",
    ] {
        assert!(!tags.contains(tag), "{tag} in {page}");
    }
    assert!(!page.contains("{{#"), "{page}");
}

const ASKING: &str = "# A\n\n```predict\nlisting = \"chapter1/says\"\nquestion = \"Which? {{#ref chapter1/says}}\"\n\n\
                      [[option]]\ntext = \"`hello`\"\nseen = { stdout = \"hello\" }\nwhy = \"It [says](#a) so.\"\n\n\
                      [[option]]\ntext = \"No.\"\nseen = { exit = 1 }\nwhy = \"It *fails*.\"\n```\n\n\
                      {{#listing chapter1/says What it `says`}}\n";

#[test]
fn a_listing_has_its_code_its_command_and_what_it_said() {
    let run = Run::new().stdout("out\n").stderr("why\n").stdout("```\n");
    let built = Book::new()
        .listing("chapter1/fails")
        .recording("chapter1/fails", run.exit(3))
        .page(
            "chapter1-run/a.md",
            "# A\n\n{{#listing chapter1/fails It `fails`}}\n",
        )
        .builds_plain();
    let page = built.file("chapter1-run/a.md");
    let expected = "# A\n\n\n\n<span id=\"listing-chapter1-fails\"></span>**Listing 1-1.** It `fails` \
                    ` chapters-code/chapter1/src/listings/fails.rs `\n\n\
                    ```rust\npub fn main() {\n    println!(\"hello\");\n}\n```\n\n\
                    ````console\n$ cargo run -p chapter1 -- fails\n    out\nerr why\n    ```\n````\n\n\
                    *exit status 3 · recorded on Linux, 2026-11-22*\n";
    assert!(page.starts_with(expected), "{page}");
    is_plain(&page);
}

#[test]
fn a_question_leads_to_its_answer_at_the_chapters_end() {
    let built = Book::new()
        .listing("chapter1/says")
        .page("chapter1-run/a.md", ASKING)
        .page("chapter1-run/b.md", "# B\n\nThe end.\n")
        .page("chapter2-more/c.md", "# C\n")
        .builds_plain();
    let page = built.file("chapter1-run/a.md");
    let question = "> **Predict.** Which? [Listing 1-1](<../chapter1-run/a.md#listing-chapter1-says>)\n>\n\
                    > **A.** `hello`\n>\n> **B.** No.\n>\n\
                    > [→ The answer](<b.md#answer-listing-chapter1-says>)\n";
    assert!(page.contains(question), "{page}");
    assert!(!page.contains("It *fails*"), "{page}");
    is_plain(&page);
    let end = built.file("chapter1-run/b.md");
    let answer = "The end.\n\n\n# Answers to chapter 1\n\n\
                  <span id=\"answer-listing-chapter1-says\"></span>**[Listing 1-1](<a.md#listing-chapter1-says>)**\n\n\
                  **A.** `hello`\n\nIt [says](a.md#a) so.\n\n**Not B.** It *fails*.\n";
    assert!(end.contains(answer), "{end}");
    assert!(!built.file("chapter2-more/c.md").contains("Answers"));
}

#[test]
fn an_exercise_has_its_hints_and_its_solution_at_the_chapters_end() {
    let built = Book::new()
        .exercises("chapter1", &["first"])
        .page(
            "chapter1-run/a.md",
            "# A\n\n## B\n\n{{#exercise chapter1/first}}\n",
        )
        .builds_plain();
    let page = built.file("chapter1-run/a.md");
    let (given, answers) = page.split_once("# Answers to chapter 1").unwrap();
    for part in [
        "**Exercise 1-1.** A *whole* answer · 10 minutes",
        "- for [one](#b);",
        "```rust\nfn f() -> Vec<u8> {\n\n    vec![]\n}\n```",
        "$ cargo test -p chapter1 --test first",
        "[→ Hints, and the solution](<a.md#answer-exercise-chapter1-first>)",
    ] {
        assert!(given.contains(part), "no {part} in {given}");
    }
    for part in [
        "**Hint 1: where to look**\n\nLook *here*.",
        "**The solution**\n\nIt was empty.\n\n```rust\nfn f() { /* {{#a}} */ }",
    ] {
        assert!(answers.contains(part), "no {part} in {answers}");
    }
}

#[test]
fn a_table_of_symptoms_has_its_rows_ids_and_no_element_around_it() {
    let table = "# A\n\n<div class=\"lookup symptoms\">\n\n| what | why |\n| --- | --- |\n| it hangs | so |\n\n</div>\n\nAfter.\n";
    let page = Book::new().page("a.md", table).builds_plain().file("a.md");
    assert!(
        page.contains("| <span id=\"row-it-hangs\"></span>it hangs | so |"),
        "{page}"
    );
    assert!(page.contains("After."), "{page}");
    is_plain(&page);
}

#[test]
fn a_diagram_is_an_image_that_says_what_it_shows() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\" role=\"img\" \
               aria-labelledby=\"pipe-title pipe-desc\" class=\"diagram\"><title id=\"pipe-title\">A [pipe]</title>\
               <desc id=\"pipe-desc\">It carries\n  bytes.</desc></svg>";
    let page = Book::new()
        .page("one/a.md", "# A\n\n{{#diagram pipe.svg}}\n")
        .file("book/one/pipe.svg", svg)
        .builds_plain()
        .file("one/a.md");
    assert!(
        page.contains("![A \\[pipe\\]: It carries bytes.](<pipe.svg>)"),
        "{page}"
    );
    is_plain(&page);
}

#[test]
fn in_one_document_links_stay_within_it_and_images_are_named() {
    let page = "# A *b*\n\n[c](../two/c.md#d-e) [whole](../two/c.md) [own](#more) [file](x.py) \
                [away](https://e.org)\n\n## More\n\n![p](p.png)\n\n```rust,compile_fail,E0382\nx\n```\n";
    let document = Book::new()
        .page("chapter7-one/a.md", page)
        .page(
            "two/c.md",
            "# C\n\n## D *e*\n\n[top](../chapter7-one/a.md#a-b)\n",
        )
        .file("book/chapter7-one/x.py", "")
        .file("book/chapter7-one/p.png", "")
        .in_one();
    for part in [
        "<title>A small book</title>",
        "<h1 id=\"chapter7-one-a\">7. A <em>b</em></h1>",
        "<a href=\"#two-c.d-e\">c</a> <a href=\"#two-c\">whole</a> \
         <a href=\"#chapter7-one-a.more\">own</a> file <a href=\"https://e.org\">away</a>",
        "<h2 id=\"chapter7-one-a.more\">More</h2>",
        "<img src=\"chapter7-one-p.png\" alt=\"p\" />",
        "<pre><code class=\"language-rust\">x\n</code></pre>",
        "<h2 id=\"two-c.d-e\">D <em>e</em></h2>",
        "<a href=\"#chapter7-one-a\">top</a>",
    ] {
        assert!(
            document.html.contains(part),
            "no {part} in {}",
            document.html
        );
    }
    let image = &document.images["chapter7-one-p.png"];
    assert_eq!(image, Path::new("chapter7-one/p.png"));
}

#[test]
fn in_one_document_a_heading_has_the_id_that_mdbook_gives_it() {
    let page = "# A\n\nterm\n: d\n\n## Term[^n] ![x](p.png)\n\n## Term\n\n## Own {#own}\n\n[^n]: n\n\n\
                [one](#term1) [two](#term-1) [own](#own)\n";
    let document = Book::new()
        .page("a.md", page)
        .file("book/p.png", "")
        .in_one();
    for id in ["term1", "term-1", "own"] {
        for part in [
            format!("<h2 id=\"a.{id}\">"),
            format!("<a href=\"#a.{id}\">"),
        ] {
            assert!(
                document.html.contains(&part),
                "no {part} in {}",
                document.html
            );
        }
    }
}
