//! The recorded output below the code.

use crate::fixture::{Book, Run};
use recording::{Bytes, Kind};

#[track_caller]
fn shown(run: Run) -> String {
    book().recording("chapter1/it", run).builds().page("a.html")
}

fn book() -> Book {
    Book::new()
        .page("a.md", "{{#listing chapter1/it It}}\n")
        .source("chapter1/it", "fn main() {}\n")
}

#[track_caller]
fn assert_holds(page: &str, part: &str) {
    assert!(page.contains(part), "no {part} in\n{page}");
}

#[test]
fn the_command_line_the_output_and_the_platform_are_shown() {
    let page = shown(Run::new().stdout("hello\n"));
    assert_holds(
        &page,
        "<span class=\"prompt\">$ </span><span class=\"typed\">cargo run -p chapter1 -- it</span>",
    );
    assert_holds(&page, "<pre class=\"run stdout\">hello\n</pre>");
    assert_holds(&page, "recorded on Linux, 2026-11-22");
}

#[test]
fn both_streams_stand_in_the_order_of_time_neighbours_in_one() {
    let run = Run::new()
        .stdout("a")
        .stdout("b\n")
        .stderr("c\nx\n")
        .stdout("e\n");
    let page = shown(run);
    let parts = [
        "<pre class=\"run stdout\">ab\n</pre>",
        "<span class=\"line\">c\n</span><span class=\"line\">x\n</span>",
        "<pre class=\"run stdout\">e\n</pre>",
    ];
    let places: Vec<_> = parts
        .iter()
        .map(|part| page.find(part).expect("it is shown"))
        .collect();
    assert!(places.is_sorted(), "{page}");
}

#[test]
fn each_line_of_stderr_can_bear_a_mark_and_its_name_is_heard() {
    let page = shown(Run::new().stdout("a\n").stderr("b\n\nc"));
    assert_holds(&page, "class=\"terminal hljs marked\"");
    assert_holds(
        &page,
        "<span class=\"stream\">stderr</span>\n<pre class=\"run stderr\"><span class=\"line\">b\n</span>\
         <span class=\"line\">\n</span><span class=\"line\">c</span></pre>",
    );
}

#[test]
fn the_mark_is_no_part_of_the_text() {
    let css = include_str!("../../../../book/page/listing.css");
    assert!(css.contains("content: \"err\""));
    assert!(!shown(Run::new().stderr("b\n")).contains(">err"));
}

#[test]
fn an_output_without_stderr_has_no_marks() {
    assert_holds(&shown(Run::new().stdout("a\n")), "class=\"terminal hljs\"");
}

#[test]
fn a_status_is_shown_only_if_it_is_not_0() {
    assert!(!shown(Run::new().stdout("a\n")).contains("class=\"status\""));
    assert_holds(
        &shown(Run::new().exit(3)),
        "<p class=\"status\">exit status 3</p>",
    );
    assert_holds(
        &shown(Run::new().signal(9)),
        "<p class=\"status\">ended by signal 9, SIGKILL</p>",
    );
    assert_holds(&shown(Run::new().signal(12)), "ended by signal 12, SIGUSR2");
    assert_holds(&shown(Run::new().signal(40)), "ended by signal 40<");
}

#[test]
fn an_output_can_hold_anything() {
    let page = shown(Run::new().stdout("\n<b>&amp; {{#include x}} `*_\n\n    # y\n</pre>\x1b[1m"));
    assert_holds(
        &page,
        "<pre class=\"run stdout\">\n\n&lt;b&gt;&amp;amp; {{#include x}} `*_\n\n    # y\n&lt;/pre&gt;\\x1b[1m</pre>",
    );
}

#[test]
fn a_character_cut_between_two_pieces_is_whole() {
    let page = shown(
        Run::new()
            .event(piece(b"caf\xc3"))
            .event(piece(b"\xa9 \xff\n")),
    );
    assert_holds(&page, "café \\xff\n");
}

fn piece(bytes: &[u8]) -> Kind {
    Kind::Stdout(Bytes(bytes.to_vec()))
}

#[test]
fn no_output_is_said_to_be_none() {
    assert_holds(&shown(Run::new()), "<p class=\"silent\">no output</p>");
}

#[test]
fn an_output_of_more_than_40_lines_scrolls_and_can_be_reached_by_keyboard() {
    let page = shown(Run::new().stdout(&"a\n".repeat(41)));
    assert_holds(
        &page,
        "class=\"terminal hljs long\" role=\"group\" aria-label=\"Output of Listing 1-1\" tabindex=\"0\"",
    );
    assert!(!shown(Run::new().stdout(&"a\n".repeat(40))).contains("tabindex"));
}

#[test]
fn what_the_run_read_from_stdin_is_shown_too() {
    let page = book()
        .recording("chapter1/it", Run::new().stdout("2\n"))
        .settings("chapter1/it", "stdin = \"one\\ntwo\\n\"\n")
        .builds()
        .page("a.html");
    assert_holds(
        &page,
        "<span class=\"line\">one\n</span><span class=\"line\">two\n</span>",
    );
}

#[test]
fn a_kind_of_event_that_is_not_known_is_passed_over() {
    assert_holds(
        &shown(Run::new().event(Kind::Unknown).stdout("a\n")),
        ">a\n</pre>",
    );
}
