//! Who sent a signal, and what became of it.

use crate::story::{ROOT, story};
use recording::traced::SignalAction::{Default, Handled, Ignored};

const INT: i32 = 2;
const TERM: i32 = 15;
const CHLD: i32 = 17;

#[test]
fn a_signal_to_a_group_is_one_row_and_says_who_ignores_it() {
    let story = story()
        .child(ROOT, 7, "sh", "1>1")
        .child(7, 8, "sleep 60", "1>1")
        .line(8)
        .sends_to_group(ROOT, TERM, &[7, 8])
        .gets(7, TERM, Some(ROOT), Ignored)
        .gets(8, TERM, Some(ROOT), Default)
        .dies_of(8, TERM);
    let expected = [
        "demo sends SIGTERM to the group of sh and sleep; sh ignores SIGTERM",
        "sleep is ended by SIGTERM",
    ];
    assert_eq!(story.texts()[2..], expected);
    assert_eq!(story.xray().rows()[3].line, Some(8));
    assert_eq!(story.xray().rows()[3].arrows.len(), 2);
}

#[test]
fn a_signal_that_is_handled_says_so() {
    let story = story()
        .child(ROOT, 7, "sh", "1>1")
        .sends(ROOT, INT, &[7])
        .gets(7, INT, Some(ROOT), Handled);
    assert_eq!(
        story.texts()[1],
        "demo sends SIGINT to sh; sh has a handler for SIGINT"
    );
}

#[test]
fn a_signal_from_outside_has_no_sender() {
    let story = story()
        .child(ROOT, 7, "sh", "1>1")
        .gets(7, INT, None, Handled);
    assert_eq!(
        story.texts()[1],
        "sh gets SIGINT, and has a handler for SIGINT"
    );
}

#[test]
fn a_signal_whose_sending_was_not_told_names_its_sender() {
    let story = story()
        .child(ROOT, 7, "sleep 60", "1>1")
        .child(ROOT, 8, "kill 7", "1>1")
        .gets(7, TERM, Some(8), Default);
    assert_eq!(story.texts()[2], "kill sends SIGTERM to sleep");
}

#[test]
fn a_signal_to_itself_is_to_itself() {
    let story = story().child(ROOT, 7, "sh", "1>1").sends(7, 6, &[7]);
    assert_eq!(story.texts()[1], "sh sends SIGABRT to itself");
}

#[test]
fn a_parent_that_has_ended_sends_no_signal() {
    let story = story()
        .child(ROOT, 7, "sh", "1>1")
        .child(7, 8, "sleep 60", "1>1")
        .dies_of(7, 9)
        .left_alone(8)
        .gets(8, TERM, Some(7), Default);
    assert_eq!(
        story.texts().last().map(String::as_str),
        Some("sleep gets SIGTERM, since its parent sh has ended")
    );
}

#[test]
fn a_signal_to_a_zombie_is_too_late() {
    let story = story()
        .child(ROOT, 7, "sh", "1>1")
        .ends(7, 0)
        .sends(ROOT, TERM, &[7]);
    assert_eq!(
        story.texts()[2],
        "demo sends SIGTERM to sh, which has ended already"
    );
}

#[test]
fn asking_whether_a_process_is_there_is_no_signal() {
    let story = story().child(ROOT, 7, "sh", "1>1").sends(ROOT, 0, &[7]);
    assert_eq!(story.texts().len(), 1);
}

#[test]
fn the_signal_that_a_child_has_ended_has_no_row() {
    let story = story().gets(ROOT, CHLD, None, Handled);
    assert_eq!(story.texts(), [""; 0]);
}

#[test]
fn a_stop_and_what_follows_have_rows() {
    let story = story().child(ROOT, 7, "sh", "1>1").stops(7).goes_on(7);
    assert_eq!(
        story.texts()[1..],
        ["sh is stopped by SIGSTOP", "sh goes on"]
    );
}

#[test]
fn the_signal_that_stops_and_the_stop_are_one_row() {
    let story = story()
        .child(ROOT, 7, "cat", "1>1")
        .gets(7, 19, None, Default)
        .stops(7);
    assert_eq!(story.texts()[1..], ["cat is stopped by SIGSTOP"]);
}
