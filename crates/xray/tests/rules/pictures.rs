//! What is given out row by row comes to the same as all at the end.

use crate::story::{ROOT, Sleeping, bytes, seen, story};
use std::collections::BTreeMap;
use xray::XRay;
use xray::row::Life;

#[test]
fn the_rows_that_were_given_out_are_the_rows_at_the_end() {
    let story = story()
        .line(5)
        .starts(ROOT, 7)
        .holds(ROOT, "1>1 2>2 5<3c")
        .runs(7, "sh", "1>3")
        .looks(seen().asleep(ROOT, bytes(3), &[7]))
        .child(7, 8, "true", "1>3")
        .ends(8, 0)
        .collected(8, Some(7), 0.1)
        .ends(7, 0)
        .collected(7, Some(ROOT), 30.0)
        .over();
    let mut xray = XRay::new("demo");
    let mut given = BTreeMap::new();
    for event in &story.events {
        given.extend(xray.take(event).into_iter().map(|row| (row.n, row)));
    }
    let given: Vec<_> = given.into_values().collect();
    assert_eq!(given, xray.rows());
    let numbers: Vec<_> = given.iter().map(|it| it.n).collect();
    assert_eq!(numbers, (0..given.len() as u32).collect::<Vec<_>>());
    let text = serde_json::to_string(&given).unwrap();
    assert_eq!(
        serde_json::from_str::<Vec<xray::Row>>(&text).unwrap(),
        given
    );
}

#[test]
fn the_name_of_a_program_is_there_from_its_start() {
    let story = story()
        .starts(ROOT, 7)
        .prints("x\n")
        .holds(7, "1>1 5<4")
        .prints("y\n")
        .runs(7, "cat", "1>1");
    let xray = story.xray();
    assert_eq!(xray.picture(1).name(1), "cat");
}

#[test]
fn a_process_dies_in_the_picture_at_the_row_of_its_end_and_goes_when_it_is_collected() {
    let story = story()
        .child(ROOT, 7, "cat", "1>1")
        .ends(7, 0)
        .prints("x\n")
        .collected(7, Some(ROOT), 50.0);
    let xray = story.xray();
    let lives: Vec<_> = (1..5).map(|n| xray.picture(n).life(1)).collect();
    assert_eq!(lives, [Life::Runs, Life::Zombie, Life::Zombie, Life::Gone]);
    assert_eq!(
        xray.picture(4).boxes[&1].end,
        Some(Some("exit 0".to_owned()))
    );
}

#[test]
fn a_pipe_is_gone_when_nobody_holds_it() {
    let story = story()
        .holds(ROOT, "1>1 5<3c")
        .child(ROOT, 7, "cat", "1>3")
        .ends(7, 0)
        .closes(ROOT, "5<3c")
        .over();
    let tubes = |n| story.xray().picture(n).tubes.contains_key("3");
    assert_eq!((tubes(1), tubes(2), tubes(3)), (true, true, false));
}
