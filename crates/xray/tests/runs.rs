//! Whole runs of the book's listings: all their rows are held against text that
//! was read beside the listing and found true.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use recording::Event;
use recording::catalogue::Settings;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use xray::XRay;
use xray::compare::differences;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/runs")
}

/// The names of the runs, and their events.
fn runs() -> BTreeMap<String, Vec<Event>> {
    let mut runs = BTreeMap::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "jsonl") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            let events = text.lines().map(|line| serde_json::from_str(line).unwrap());
            runs.insert(name, events.collect());
        }
    }
    assert!(!runs.is_empty());
    runs
}

/// As the example `rows` prints them.
fn printed(xray: &XRay) -> String {
    let open = xray.opening(None);
    let mut text = String::new();
    for row in xray.rows() {
        let dim = if row.dim { "~" } else { "" };
        let line = row
            .line
            .map_or(String::new(), |line| format!("{dim}{line}"));
        let mark = if open == Ok(row.n) { ">" } else { " " };
        let round = row
            .round
            .map_or(String::new(), |it| format!("[round {it}] "));
        writeln!(
            text,
            "{mark}{:3} {:8.4} {line:>4} {round}{}",
            row.n, row.t, row.text
        )
        .unwrap();
    }
    text
}

#[test]
fn each_run_has_the_rows_that_were_found_true() {
    for (name, events) in runs() {
        let printed = printed(&XRay::of(&name, &events));
        let path = folder().join(name.clone() + ".txt");
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            printed == expected,
            "{name}: read these rows beside the listing; if they are true, they belong into {}:\n{printed}",
            path.display()
        );
    }
}

#[test]
fn the_rows_that_were_given_out_are_those_at_the_end() {
    for (name, events) in runs() {
        let mut xray = XRay::new(&name);
        let mut given = BTreeMap::new();
        for event in &events {
            given.extend(xray.take(event).into_iter().map(|row| (row.n, row)));
        }
        let given: Vec<_> = given.into_values().collect();
        assert_eq!(given, xray.rows(), "{name}");
    }
}

#[test]
fn a_run_is_like_itself_and_unlike_the_others() {
    let runs = runs();
    for (name, events) in &runs {
        for (other, others) in &runs {
            let same = differences(events, others, &Settings::default()).is_empty();
            assert_eq!(same, name == other, "{name}, {other}");
        }
    }
}
