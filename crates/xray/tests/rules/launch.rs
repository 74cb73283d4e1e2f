//! What launches a Python listing is not shown.

use crate::story::{ROOT, Story, story_of};
use xray::{XRay, without_launch};

const HOLDS: &str = "0=null 1>1 2>2";
const PYTHON: &str = "/opt/3.11/bin/python3 /home/me/book/python/demo.py";

/// `python3` is a shell script, which asks a child for the interpreter's place.
fn launched_by_a_script() -> Story {
    story_of("target/debug/chapter1 demo.py")
        .runs(
            ROOT,
            "/usr/bin/env bash /shims/python3 /home/me/book/python/demo.py",
            HOLDS,
        )
        .runs(
            ROOT,
            "bash /shims/python3 /home/me/book/python/demo.py",
            HOLDS,
        )
        .child(ROOT, 7, "readlink python3", HOLDS)
        .ends(7, 0)
        .collected(7, Some(ROOT), 0.1)
        .runs(ROOT, PYTHON, HOLDS)
        .child(ROOT, 8, "sh -c true", HOLDS)
        .ends(8, 0)
        .collected(8, Some(ROOT), 0.1)
}

fn texts(story: &Story) -> Vec<String> {
    let xray = XRay::of("demo.py", &story.events);
    xray.rows().iter().map(|it| it.text.clone()).collect()
}

const ITSELF: [&str; 3] = [
    "demo.py starts",
    "demo.py starts sh -c true",
    "sh ends with status 0; demo.py collects sh",
];

#[test]
fn what_finds_the_interpreter_is_not_shown() {
    assert_eq!(texts(&launched_by_a_script()), ITSELF);
}

#[test]
fn it_is_the_same_where_python3_is_the_interpreter() {
    let story = story_of("target/debug/chapter1 demo.py")
        .runs(ROOT, "python3 /home/me/book/python/demo.py", HOLDS)
        .child(ROOT, 8, "sh -c true", HOLDS)
        .ends(8, 0)
        .collected(8, Some(ROOT), 0.1);
    assert_eq!(texts(&story), ITSELF);
}

#[test]
fn a_record_is_without_it_and_without_where_it_lies() {
    let mut story = launched_by_a_script();
    without_launch(&mut story.events);
    assert_eq!(texts(&story), ITSELF);
    let told = format!("{:?}", story.events);
    assert!(told.contains(r#"argv: ["python3", "demo.py"]"#), "{told}");
    assert!(
        !told.contains("/home/me") && !told.contains("shims"),
        "{told}"
    );
    let before = story.events.clone();
    without_launch(&mut story.events);
    assert_eq!(story.events, before, "it is left out once");
}

#[test]
fn an_interpreter_that_is_never_found_hides_all_but_the_end() {
    let story = story_of("target/debug/chapter1 demo.py")
        .runs(
            ROOT,
            "bash /shims/python3 /home/me/book/python/demo.py",
            HOLDS,
        )
        .prints("no python3 here\n")
        .over();
    let shown = texts(&story);
    assert_eq!(shown.first().map(String::as_str), Some("demo.py starts"));
    assert!(
        shown
            .last()
            .is_some_and(|it| it.contains("demo.py has ended")),
        "{shown:?}"
    );
}

#[test]
fn a_rust_listing_that_runs_a_script_shows_all() {
    let story = story_of("target/debug/chapter1 demo").child(ROOT, 7, "python3 x.py", HOLDS);
    let xray = XRay::of("demo", &story.events);
    assert_eq!(xray.rows()[1].text, "demo starts python3 x.py");
}
