//! `{{#source}}`.

use crate::fixture::Book;

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
fn it_stands_alone() {
    Book::new()
        .page("begin.md", "# A\n\n{{#source here}}\n\nIt is {{#source}}\n")
        .fails_with([
            "book/begin.md:3: {{#source}} has no arguments",
            "book/begin.md:5: put {{#source}} on a line of its own, with blank lines around",
        ]);
}
