//! `{{#source}}`.

use crate::fixture::{Book, Run};

const PAGE: &str = "# Begin\n\n{{#source}}\n";

fn at(address: &str) -> Book {
    let setting = format!("[output.html]\ngit-repository-url = \"{address}\"\n");
    Book::new().page("begin.md", PAGE).configured(&setting)
}

#[test]
fn with_an_address_it_says_how_to_get_the_source() {
    for address in [
        "https://example.org/cooks/book",
        "https://example.org/cooks/book.git/",
    ] {
        let built = at(address).builds();
        let page = built.page("begin.html");
        let address = address.trim_end_matches('/');
        for part in [
            format!("<a href=\"{address}\">"),
            format!("$ git clone {address}\n$ cd book\n$ cargo run"),
        ] {
            assert!(page.contains(&part), "no {part} in\n{page}");
        }
    }
}

#[test]
fn without_an_address_it_names_none() {
    for book in [Book::new().page("begin.md", PAGE), at("")] {
        let built = book.builds();
        let page = built.page("begin.html");
        assert!(page.contains("ask whoever gave you the copy"), "{page}");
        assert!(
            page.contains("$ cargo run") && !page.contains("git clone"),
            "{page}"
        );
    }
}

#[test]
fn who_reads_it_from_its_server_has_the_source() {
    let built = Book::new().page("begin.md", PAGE).builds_live();
    let page = built.page("begin.html");
    assert!(page.contains("this page is served from it"), "{page}");
}

#[test]
fn who_reads_it_from_an_archive_has_no_source() {
    for (book, source) in [
        (Book::new().page("begin.md", PAGE), "ask whoever gave you"),
        (
            at("https://example.org/cooks/book"),
            "<a href=\"https://example.org/cooks/book\">",
        ),
    ] {
        let built = book.builds_packed();
        let page = built.page("begin.html");
        assert!(!page.contains("this page is served from it"), "{page}");
        for part in ["$ ./open", "you need Rust and the book’s source", source] {
            assert!(page.contains(part), "no {part} in\n{page}");
        }
    }
}

#[test]
fn in_an_archive_a_page_says_what_runs_there() {
    let text = "# A\n\n{{#listing chapter1/it An it}}\n\n\
                Type `cargo run -p chapter1 -- it`, or `cargo run -p chapter1`, or `cargo run`.\n\n\
                ```console\n$ cargo run -p phrasebook -- a std\n```\n";
    let book = || {
        let book = Book::new().page("a.md", text).listing("chapter1/it");
        book.recording("chapter1/it", Run::new().stdout("cargo run -p chapter1\n"))
    };
    let packed = book().builds_packed().page("a.html");
    for part in [
        "<span class=\"typed\">programs/chapter1 it</span>",
        "<code>programs/chapter1 it</code>, or <code>programs/chapter1</code>",
        "$ programs/phrasebook a std",
        // What needs the source, and what was printed.
        "<code>cargo run</code>",
        "<pre class=\"run stdout\">cargo run -p chapter1\n",
    ] {
        assert!(packed.contains(part), "no {part} in\n{packed}");
    }
    for page in [book().builds_live(), book().builds()] {
        let page = page.page("a.html");
        assert!(!page.contains("programs/"), "{page}");
        let typed = "<span class=\"typed\">cargo run -p chapter1 -- it</span>";
        assert!(page.contains(typed), "{page}");
    }
}

#[test]
fn in_an_archive_a_figure_says_what_it_needs() {
    let page = "# A\n\n## B\n\n{{#listing chapter1/it An it}}\n\n\
                {{#listing chapter1/it.py An it}}\n\n{{#exercise chapter1/first}}\n";
    let book = || {
        let book = Book::new().page("chapter1-run/a.md", page);
        let book = book.listing("chapter1/it").listing("chapter1/it.py");
        book.exercises("chapter1", &["first"])
    };
    let packed = book().builds_packed().page("chapter1-run/a.html");
    let figures: Vec<_> = packed.split("<figure").skip(1).collect();
    let needs = |name: &str| {
        let figure = figures
            .iter()
            .find(|it| it.contains(&format!("data-listing=\"{name}\"")));
        let tag = figure.unwrap().split('>').next().unwrap();
        tag.contains("data-needs=\"Rust and the book&#39;s source\"")
    };
    assert!(needs("chapter1/it") && needs("chapter1/first") && !needs("chapter1/it.py"));
    for page in [book().builds_live(), book().builds()] {
        assert!(!page.page("chapter1-run/a.html").contains("data-needs"));
    }
}

#[test]
fn it_stands_alone() {
    Book::new()
        .page("begin.md", "# A\n\n{{#source here}}\n\nIt is {{#source}}\n")
        .fails_with([
            "book/begin.md:3: {{#source}} has no arguments",
            "book/begin.md:5: put {{#source}} on a line of its own, with blank lines around",
        ]);
}
