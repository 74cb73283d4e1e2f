//! What the pages claim about code that must not compile, that they come out the same
//! whatever ends the lines of their files, and that no recorded line ends by CR and LF.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use mdbook_driver::builtin_renderers::MarkdownRenderer;
use mdbook_renderer::Renderer;
use recording::{Kind, Recording};
use std::fs;
use tests::book::{listings, root};
use tests::new_project::NewProject;
use tests::rendering::{AsHtml, pages};
use tests::scratch_book::{self, end_lines_with_crlf};

#[test]
fn what_must_not_compile_does_not_and_for_the_reason_given() {
    let blocks = mdbook_listing::must_not_compile(&root()).expect("the pages can be read");
    let project = NewProject::named("must-not-compile").unwrap();
    for (number, block) in blocks.iter().enumerate() {
        let program = format!("block_{number}");
        project.add(&program, &block.code).unwrap();
        let check = project.cargo(&["check", "--quiet", "--bin", &program]);
        let check = check.stderr_capture().unchecked().run().unwrap();
        let messages = String::from_utf8_lossy(&check.stderr);
        let place = format!("{}:{}", block.page.display(), block.line);
        assert!(!check.status.success(), "{place} compiles");
        let code = format!("error[{}]", block.error_code);
        assert!(
            messages.contains(&code),
            "{place} has no {code}:\n{messages}"
        );
    }
}

#[test]
fn a_checkout_with_crlf_has_the_same_pages() {
    let copy = tempfile::tempdir().unwrap();
    for name in ["book", "chapters-code", "crates", "tests"] {
        scratch_book::copy(&root().join(name), &copy.path().join(name)).unwrap();
    }
    fs::copy(root().join("book.toml"), copy.path().join("book.toml")).unwrap();
    end_lines_with_crlf(copy.path()).unwrap();
    let page = fs::read_to_string(copy.path().join("book/SUMMARY.md")).unwrap();
    assert!(page.contains("\r\n"));
    let plain = MarkdownRenderer::new();
    for renderer in [&AsHtml as &dyn Renderer, &plain] {
        let ours = pages(&root(), renderer).unwrap();
        let theirs = pages(copy.path(), renderer).unwrap();
        assert_eq!(ours.len(), theirs.len());
        for (path, ours) in &ours {
            let theirs = theirs.get(path);
            let name = renderer.name();
            assert_eq!(Some(ours), theirs, "{} for {name}", path.display());
        }
    }
}

/// A page shows a CR as `\r`. A terminal ends each line by CR and LF, and a listing that
/// prints what came from one takes the CR away.
#[test]
fn no_recorded_line_ends_by_cr_and_lf() {
    for listing in listings() {
        let recording = Recording::read(&root(), &listing).unwrap();
        for event in &recording.events {
            if let Kind::Stdout(output) | Kind::Stderr(output) = &event.kind {
                let ends_so = output.0.windows(2).any(|bytes| bytes == b"\r\n");
                assert!(!ends_so, "{listing}");
            }
        }
    }
}
