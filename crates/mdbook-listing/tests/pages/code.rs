//! Code blocks of a page's own.

use crate::fixture::Book;

#[test]
fn rust_that_must_not_compile_may_stand_in_a_page_with_its_error_code() {
    let book = Book::new()
        .page(
            "one/a.md",
            "# A\n\n```rust,compile_fail,E0382\nfn main() {}\n```\n\n```toml\na = 1\n```\n",
        )
        .finished();
    let blocks = mdbook_listing::must_not_compile(book.root()).unwrap();
    let [block] = &blocks[..] else {
        panic!("{blocks:?}");
    };
    assert_eq!(block.page.to_str(), Some("book/one/a.md"));
    assert_eq!(
        (block.line, &*block.code, &*block.error_code),
        (3, "fn main() {}\n", "E0382")
    );
    book.builds();
}

#[test]
fn rust_and_python_in_a_page_are_refused() {
    let rust = "Rust in a page comes from a listing, by {{#listing …}}; only what must not compile stands here, \
                as ```rust,compile_fail,E0382";
    let without =
        "say why it does not compile: ```rust,compile_fail,E0382 (a test checks the code)";
    Book::new()
        .page(
            "a.md",
            "```rust\nx\n```\n\n- ~~~rust,ignore\n  x\n  ~~~\n\n```rust,compile_fail\nx\n```\n\n```python\nx\n```\n",
        )
        .fails_with([
            &format!("book/a.md:1: {rust}"),
            &format!("book/a.md:5: {rust}"),
            &format!("book/a.md:9: {without}"),
            "book/a.md:13: Python in a page comes from a listing, by {{#listing …}}",
        ]);
}

#[test]
fn rust_from_a_crate_of_the_workspace_may_be_included() {
    let source = "// ANCHOR: part\nfn part() {}\n// ANCHOR_END: part\n";
    let page = Book::new()
        .page(
            "a.md",
            "```rust\n{{#include ../crates/run/src/run.rs:part}}\n```\n",
        )
        .file("crates/run/src/run.rs", source)
        .builds()
        .page("a.html");
    assert!(page.contains("fn part() {}"), "{page}");
    Book::new()
        .page(
            "a.md",
            "```rust\n{{#include ../crates/run/tests/a.rs}}\n```\n",
        )
        .file("crates/run/tests/a.rs", "fn part() {}\n")
        .builds();
    Book::new()
        .page(
            "a.md",
            "```rust\n{{#include ../crates/run/src/run.rs:part}}\nfn more() {}\n```\n",
        )
        .file("crates/run/src/run.rs", source)
        .fails_with(["book/a.md:1: Rust in a page comes from a listing, by {{#listing …}}; only what must not compile stands here, as ```rust,compile_fail,E0382"]);
}

#[test]
fn other_fences_are_refused() {
    Book::new().page("a.md", "```c\nx\n```\n\n```\nx\n```\n").fails_with([
        "book/a.md:1: a page has no `c` blocks: only predict, notes, console, toml and rust,compile_fail,E0382",
        "book/a.md:5: this code block does not say what it is: predict, notes, console or toml",
    ]);
}

#[test]
fn an_indented_code_block_is_refused_and_an_indented_list_is_none() {
    Book::new().page("a.md", "- a\n\n    b\n\ntext\n\n    code\n").fails_with([
        "book/a.md:7: an indented code block does not say what it is: use a fence, or indent less",
    ]);
}

#[test]
fn a_console_block_holds_commands_and_no_output() {
    Book::new()
        .page("a.md", "```console\n$ cargo run \\\n    -p chapter1\n$ ls\n```\n\n```console\n$ ls\nCargo.toml\n```\n")
        .fails_with([
            "book/a.md:7: `Cargo.toml` in a console block is no command: each line begins with `$ `, and output comes \
             from a recording",
        ]);
}

#[test]
fn code_in_html_is_refused() {
    Book::new()
        .page(
            "a.md",
            "<div>\n<pre>\nfn main() {}\n</pre>\n</div>\n\n<code>a</code> <code class=\"language-rust\">b</code>\n",
        )
        .fails_with([
            "book/a.md:2: <pre> has no place in a page",
            "book/a.md:7: <code> has no place in a page",
        ]);
}
