//! The command that stock mdBook starts.

use crate::fixture::Book;
use mdbook_driver::MDBook;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn preprocess(root: &Path, version: &str) -> Output {
    let book = MDBook::load(root).unwrap();
    let context = json!({
        "root": root,
        "config": book.config,
        "renderer": "html",
        "mdbook_version": version,
    });
    let input = serde_json::to_vec(&(context, &book.book)).unwrap();
    let mut child = command().stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&input).unwrap();
    child.wait_with_output().unwrap()
}

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mdbook-listing"));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn the_command_gives_the_book_back_with_its_listings() {
    let book = Book::new()
        .page("a.md", "{{#listing chapter1/hello Hello}}\n")
        .listing("chapter1/hello")
        .finished();
    let output = preprocess(book.root(), "0.5.4");
    assert!(output.status.success(), "{output:?}");
    let book: Value = serde_json::from_slice(&output.stdout).unwrap();
    let content = book["items"][0]["Chapter"]["content"].as_str().unwrap();
    assert!(content.contains("<figure class=\"listing\""));
}

#[test]
fn the_command_prints_the_problems_and_fails() {
    let book = Book::new()
        .page(
            "a.md",
            "{{#listing chapter1/helo Hello}}\n\n{{#listing chapter1/hello H}}\n",
        )
        .listing("chapter1/hello")
        .finished();
    let output = preprocess(book.root(), "0.5.4");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "error: book/a.md:1: there is no listing chapter1/helo; the nearest name is chapter1/hello\n\
         the book has 1 problem\n"
    );
    assert_eq!(output.stdout, b"");
}

#[test]
fn another_mdbook_is_refused() {
    let book = Book::new().page("a.md", "# A\n").finished();
    let output = preprocess(book.root(), "0.6.0");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("this is mdBook 0.6, and the book needs mdBook 0.5"),
        "{said}"
    );
}

#[test]
fn every_renderer_is_supported() {
    let supports = command().args(["supports", "html"]).output().unwrap();
    assert!(supports.status.success());
}
