//! Whole runs of the book's listings: all their rows are held against text that
//! was read beside the listing and found true.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

use recording::Event;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use xray::compare::differences;
use xray::{XRay, text};

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

#[test]
fn each_run_has_the_rows_that_were_found_true() {
    for (name, events) in runs() {
        let xray = XRay::of(&name, &events);
        let printed = text::rows(&xray, xray.opening(None).ok());
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
            let same = differences(events, others).is_empty();
            assert_eq!(same, name == other, "{name}, {other}");
        }
    }
}
