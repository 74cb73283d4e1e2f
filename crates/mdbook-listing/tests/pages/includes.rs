//! mdBook's own directives that read a file.

use crate::fixture::Book;

const FILE: &str =
    "# ANCHOR: part\na = 1\n# ANCHOR_END: part\n# ANCHOR: void\n# ANCHOR_END: void\nlast\n";

#[test]
fn an_include_in_a_fence_stands_in_the_page() {
    let page = Book::new()
        .page("a.md", "```toml\n{{#include a.toml:part}}\n{{#include a.toml:6}}\n{{#include a.toml:2:3}}\n```\n")
        .file("book/a.toml", FILE)
        .builds()
        .page("a.html");
    assert!(page.contains("a = 1\nlast\na = 1\n"), "{page}");
}

#[test]
fn a_missing_file_is_named_with_the_nearest() {
    Book::new()
        .page(
            "a.md",
            "```toml\n{{#include b.toml}}\n```\n\n{{#playground a/none.rs}}\n\n{{#include}}\n",
        )
        .file("book/a.toml", FILE)
        .fails_with([
            "book/a.md:2: there is no file b.toml; the nearest name is a.toml",
            "book/a.md:5: there is no file a/none.rs; there is none at all",
            "book/a.md:7: {{#include}} names no file",
        ]);
}

#[test]
fn a_missing_anchor_is_named_with_the_nearest() {
    Book::new()
        .page(
            "a.md",
            "```toml\n{{#include a.toml:prat}}\n{{#rustdoc_include a.toml:prt}}\n```\n",
        )
        .file("book/a.toml", FILE)
        .fails_with([
            "book/a.md:2: a.toml has no anchor prat; the nearest name is part",
            "book/a.md:3: a.toml has no anchor prt; the nearest name is part",
        ]);
}

#[test]
fn an_include_that_brings_nothing_is_refused() {
    Book::new()
        .page(
            "a.md",
            "```toml\n{{#include a.toml:void}}\n{{#include a.toml:7:}}\n{{#include b.toml}}\n```\n",
        )
        .file("book/a.toml", FILE)
        .file("book/b.toml", "\n")
        .fails_with([
            "book/a.md:2: a.toml:void is empty",
            "book/a.md:3: a.toml:7: is empty",
            "book/a.md:4: b.toml is empty",
        ]);
}

#[test]
fn text_that_nothing_checks_does_not_come_in() {
    Book::new()
        .page("a.md", "{{#include b.md}}\n\n{{#playground c.rs}}\n")
        .file("book/b.md", "```rust\nx\n```\n")
        .file("book/c.rs", "fn main() {}\n")
        .fails_with([
            "book/a.md:1: b.md would come into the page unchecked; an include can stand in a fence only",
            "book/a.md:3: c.rs would be Rust that no test runs; make it a listing and show it by {{#listing …}}",
        ]);
}
