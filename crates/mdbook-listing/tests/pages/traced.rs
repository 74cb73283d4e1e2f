//! A book with a listing that was run with the tracer.

use crate::fixture::Book;
use recording::Recording;
use xray::XRay;

pub(crate) const NAME: &str = "chapter1/grandchild";

/// What the tracer told of `sh -c 'sleep 1 & echo ready'`, whose output was read to
/// its end: `sh` ends first, and `grandchild` waits for `sleep`.
const EVENTS: &str = include_str!("../../../xray/tests/runs/grandchild.jsonl");

/// The events, as `record` would have kept them.
fn recorded() -> String {
    let command = "\"command\":\"cargo run -p chapter1 -- grandchild\"";
    let events = EVENTS.replacen("\"command\":\"cargo run\"", command, 1);
    format!("{{\"kind\":\"recorded\",\"os\":\"linux\",\"date\":\"2026-11-22\"}}\n{events}")
}

/// A book whose `page`, which asks about an X-ray, is about a listing without one.
#[track_caller]
pub(crate) fn is_refused_without_an_xray(page: &str) {
    let page = page.replace(NAME, "chapter1/hello");
    let (page, _) = page.split_once("\n{{#xray").unwrap();
    Book::new()
        .listing("chapter1/hello")
        .page("a.md", page)
        .fails_with([
            "book/a.md:3: chapter1/hello has no X-ray: say `xray = true` in \
             chapters-code/chapter1/recordings/hello.toml, and `cargo run -- record chapter1/hello` \
             makes it",
        ]);
}

/// The row that shows this, in its own words.
pub(crate) fn sentence(shows: &str) -> String {
    let xray = XRay::of("grandchild", &Recording::parse(&recorded()).unwrap().events);
    let row = xray.opening(Some(shows)).unwrap() as usize;
    xray.rows()[row].text.clone()
}

/// A book with the listing, its recording and its X-ray, and no page yet.
pub(crate) fn grandchild() -> Book {
    let xray = recorded();
    let recording = Recording::parse(&xray).unwrap().without_xray();
    Book::new()
        .source(NAME, "pub fn main() {}\n")
        .settings(NAME, "xray = true\n")
        .file(
            "chapters-code/chapter1/recordings/grandchild.xray.jsonl",
            &xray,
        )
        .file(
            "chapters-code/chapter1/recordings/grandchild.jsonl",
            &recording.to_jsonl().unwrap(),
        )
}
