//! What a figure holds for the player.

use crate::fixture::{Book, Built, Run};
use recording::{Bytes, Kind};
use serde_json::{Value, json};

fn book() -> Book {
    Book::new()
        .page("a.md", "{{#listing chapter1/it It}}\n")
        .source("chapter1/it", "fn main() {}\n")
}

#[track_caller]
fn events_of(run: Run) -> Vec<Value> {
    events(&book().recording("chapter1/it", run).builds())
}

#[track_caller]
fn events(built: &Built) -> Vec<Value> {
    let page = built.page("a.html");
    let (_, rest) = page
        .split_once("<script type=\"application/json\" class=\"events\">")
        .unwrap();
    let (json, _) = rest.split_once("</script>").unwrap();
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_recorded_events_stand_in_the_figure() {
    let started =
        json!({"t": 0.0, "kind": "started", "pid": 7, "command": "cargo run -p chapter1 -- it"});
    let said = json!({"t": 0.0, "kind": "stdout", "text": "hello\n"});
    let exited = json!({"t": 0.0, "kind": "exited", "code": 0, "seconds": 0.1});
    assert_eq!(
        events_of(Run::new().stdout("hello\n")),
        [started, said, exited]
    );
}

#[test]
fn an_event_can_hold_anything() {
    let text = "</script><!-- & \"q\" \\ {{#include x}} {{{{ \n\n\n    # x\n";
    let events = events_of(Run::new().stdout(text));
    assert_eq!(events[1]["text"], text);
}

#[test]
fn only_a_live_book_says_that_its_listings_run() {
    let it = || book().recording("chapter1/it", Run::new());
    assert!(it().builds_live().page("a.html").contains(" data-live="));
    assert!(!it().builds().page("a.html").contains("data-live"));
}

#[test]
fn the_figure_says_what_a_run_reads_and_how_long_it_may_take() {
    let built = book()
        .recording("chapter1/it", Run::new().stdout("2\n"))
        .settings("chapter1/it", "stdin = \"one\\n\"\ntime_limit = 5\n")
        .builds();
    let page = built.page("a.html");
    assert!(
        page.contains(" data-time-limit=\"5\" data-stdin="),
        "{page}"
    );
    let read = json!({"t": 0.0, "kind": "stdin", "text": "one\n"});
    assert_eq!(events(&built)[0], read);
}

#[test]
fn of_a_long_recording_the_page_holds_the_beginning_and_the_end() {
    let begin = "b".repeat(20_000);
    let middle = "\u{e9}".repeat(50_000);
    let end = "e".repeat(20_000);
    let run = Run::new().stdout(&begin).stderr(&middle).stdout(&end);
    let built = book().recording("chapter1/it", run).builds();
    let events = events(&built);
    let kinds: Vec<_> = events.iter().map(|event| &event["kind"]).collect();
    assert_eq!(
        kinds,
        [
            "started", "stdout", "stderr", "left_out", "stderr", "stdout", "exited"
        ]
    );
    assert_eq!(events[1]["text"], begin);
    assert_eq!(events[3]["bytes"], 140_000 - 64 * 1024);
    assert_eq!(events[5]["text"], end);
    let page = built.page("a.html");
    assert!(page.contains("<p class=\"left-out\">73 KiB left out</p>"));
    assert!(page.len() < 200_000, "{} bytes", page.len());
}

#[test]
fn an_event_of_an_unknown_kind_is_left_out() {
    let events = events_of(
        Run::new()
            .event(Kind::Unknown)
            .event(Kind::Stdout(Bytes(b"\xff".to_vec()))),
    );
    assert_eq!(events[1]["base64"], "/w==");
}
