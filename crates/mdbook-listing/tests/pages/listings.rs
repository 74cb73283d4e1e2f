//! Listings, recordings and settings: each has what belongs to it.

use crate::fixture::{Book, Run};
use recording::{Kind, Resource};

const HELLO: &str = "# A\n\n{{#listing chapter1/hello Saying hello}}\n";

#[test]
fn an_unknown_listing_is_named_with_its_line_and_the_nearest_name() {
    Book::new()
        .page("one/a.md", "# A\n\n{{#listing chapter5/word_cuont Counting}}\n\n{{#listing chapter5/word_count Counting}}\n")
        .listing("chapter5/word_count")
        .fails_with([
            "book/one/a.md:3: there is no listing chapter5/word_cuont; the nearest name is chapter5/word_count",
        ]);
}

#[test]
fn a_listing_that_no_page_shows_is_refused() {
    Book::new()
        .page("a.md", HELLO)
        .listing("chapter1/hello")
        .listing("chapter1/other.py")
        .fails_with([
            "chapters-code/chapter1/python/other.py: no page shows the listing chapter1/other.py",
        ]);
}

#[test]
fn a_listing_shown_twice_is_refused() {
    Book::new()
        .page("a.md", HELLO)
        .page("b.md", HELLO)
        .listing("chapter1/hello")
        .fails_with([
            "book/b.md:3: chapter1/hello is shown twice; it stands at book/a.md:3 already",
        ]);
}

#[test]
fn a_listing_without_a_recording_is_refused() {
    Book::new().page("a.md", HELLO).source("chapter1/hello", "fn main() {}\n").fails_with([
        "book/a.md:3: chapter1/hello has no recording; `cargo run -- record chapter1/hello` makes it",
    ]);
}

#[test]
fn a_recording_or_settings_without_a_listing_are_refused() {
    Book::new()
        .page("a.md", HELLO)
        .listing("chapter1/hello")
        .recording("chapter1/helo", Run::new())
        .settings("chapter2/old.py", "portable = true\n")
        .fails_with([
            "chapters-code/chapter1/recordings/helo.jsonl: this recording has no listing: \
             there is no listing chapter1/helo; the nearest name is chapter1/hello",
            "chapters-code/chapter2/recordings/old.py.toml: this settings file has no listing: \
             there is no listing chapter2/old.py; the nearest name is chapter1/hello",
        ]);
}

#[test]
fn a_recording_that_cannot_be_read_is_refused() {
    Book::new()
        .page("a.md", HELLO)
        .listing("chapter1/hello")
        .file("chapters-code/chapter1/recordings/hello.jsonl", "")
        .fails_with([
            "book/a.md:3: chapters-code/chapter1/recordings/hello.jsonl: the file is empty",
        ]);
}

#[test]
fn settings_that_do_not_parse_are_refused() {
    Book::new()
        .page("a.md", HELLO)
        .listing("chapter1/hello")
        .settings("chapter1/hello", "masks = [\"pids\"]\n")
        .fails_with([
            "book/a.md:3: chapters-code/chapter1/recordings/hello.toml: unknown variant `pids`, \
             expected one of `pid`, `duration`, `address`, `count`, `kernel-function`, `thread`",
        ]);
}

#[test]
fn a_mask_that_hides_nothing_is_refused() {
    Book::new()
        .page("a.md", HELLO)
        .listing("chapter1/hello")
        .settings("chapter1/hello", "masks = [\"pid\"]\n")
        .fails_with([
            "book/a.md:3: the mask pid in chapters-code/chapter1/recordings/hello.toml hides nothing in the recording \
             of chapter1/hello",
        ]);
}

#[test]
fn a_recording_of_another_command_is_refused() {
    Book::new()
        .page("a.md", HELLO)
        .source("chapter1/hello", "fn main() {}\n")
        .recording("chapter1/hello", Run::new().command("cargo run -p chapter1 -- hi"))
        .fails_with([
            "book/a.md:3: chapters-code/chapter1/recordings/hello.jsonl was recorded by `cargo run -p chapter1 -- hi`, \
             not by `cargo run -p chapter1 -- hello`; `cargo run -- record chapter1/hello` makes it anew",
        ]);
}

#[test]
fn a_recording_of_a_run_that_did_not_end_well_is_refused() {
    let left = Kind::LeftBehind {
        pid: 9,
        name: "sleep".to_owned(),
    };
    let exceeded = Kind::Exceeded {
        most: 64,
        what: Resource::Processes,
    };
    Book::new()
        .page("a.md", HELLO)
        .source("chapter1/hello", "fn main() {}\n")
        .recording("chapter1/hello", Run::new().event(left).event(Kind::TimedOut { seconds: 60.0 }).event(exceeded))
        .fails_with([
            "book/a.md:3: the run in chapters-code/chapter1/recordings/hello.jsonl left sleep behind",
            "book/a.md:3: the run in chapters-code/chapter1/recordings/hello.jsonl took more than 64 processes",
            "book/a.md:3: the run in chapters-code/chapter1/recordings/hello.jsonl was ended after 60 s",
        ]);
}

#[test]
fn all_problems_of_all_pages_are_told_together() {
    Book::new()
        .page("b.md", "{{#listing chapter1/a A}}\n\n[x](no.md)\n")
        .page("a.md", "{{#listing chapter1/b B}}\n\n    code\n")
        .listing("chapter1/hello")
        .fails_with([
            "book/a.md:1: there is no listing chapter1/b; the nearest name is chapter1/hello",
            "book/a.md:3: an indented code block does not say what it is: use a fence, or indent less",
            "book/b.md:1: there is no listing chapter1/a; the nearest name is chapter1/hello",
            "book/b.md:3: no.md leads to no page; the nearest name is a.md",
            "chapters-code/chapter1/src/listings/hello.rs: no page shows the listing chapter1/hello",
        ]);
}
