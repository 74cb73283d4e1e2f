//! Causes have rows, before what they bring about.

use crate::story::{ROOT, Sleeping, bytes, room, seen, story};
use recording::traced::Waker;

#[test]
fn the_last_to_let_go_of_the_writing_end_wakes_the_reader() {
    let story = story()
        .holds(ROOT, "1>1 2>2 5<3c 6>3c")
        .child(ROOT, 7, "sh -c x", "1>3")
        .closes(ROOT, "6>3c")
        .child(7, 8, "sleep 1", "1>3")
        .ends(7, 0)
        .left_alone(8)
        .looks(
            seen()
                .asleep(ROOT, bytes(3), &[8])
                .asleep(8, Waker::Clock, &[]),
        )
        .later(1.0)
        .closes(8, "1>3")
        .prints("ready\n");
    let texts = story.texts();
    let expected = [
        "sh ends with status 0; sleep goes on without sh",
        "For 1.0 s, demo waits until sleep writes to sh's stdout or closes it; sleep sleeps; sh is a zombie",
        "sleep closes sh's stdout: nobody can write to it any more; demo reads the end",
        "On stdout: ready",
    ];
    assert_eq!(texts[2..], expected);
}

#[test]
fn an_end_lets_go_of_all_that_it_held() {
    let story = story()
        .holds(ROOT, "1>1 2>2 5<3c 6<4c")
        .child(ROOT, 7, "sh", "1>3 2>4")
        .ends(7, 0);
    let expected = "sh ends with status 0: nobody can write to sh's stdout or sh's stderr any more";
    assert_eq!(story.texts()[1], expected);
}

#[test]
fn the_last_reader_that_lets_go_is_told_too() {
    let story = story()
        .holds(ROOT, "1>1 2>2 5>3c 6<3c")
        .child(ROOT, 7, "yes", "1>3")
        .child(ROOT, 8, "head -n1", "0<3 1>1")
        .closes(ROOT, "5>3c 6<3c")
        .ends(8, 0);
    assert_eq!(
        story.texts()[2],
        "head ends with status 0: nobody can read the pipe from yes to head any more"
    );
}

#[test]
fn what_a_process_closes_just_before_its_end_is_part_of_its_end() {
    let story = story()
        .holds(ROOT, "1>1 2>2 5<3c")
        .child(ROOT, 7, "sleep 1", "1>3")
        .closes(7, "1>3")
        .ends(7, 0);
    let expected = "sleep ends with status 0: nobody can write to sleep's stdout any more";
    assert_eq!(story.texts()[1..], [expected]);
}

#[test]
fn an_exec_that_closes_the_last_writing_end_is_told() {
    let story = story()
        .holds(ROOT, "1>1 2>2 5<3c")
        .child(ROOT, 7, "sh", "1>3")
        .looks(seen().asleep(ROOT, bytes(3), &[7]))
        .runs(7, "sleep 9", "1=null");
    let expected = [
        "sh becomes sleep 9 by exec",
        "sleep closes sh's stdout: nobody can write to it any more; demo reads the end",
    ];
    assert_eq!(story.texts()[2..], expected);
}

#[test]
fn a_pipe_of_its_own_that_nobody_inherits_is_scaffolding() {
    let story = story()
        .holds(ROOT, "1>1 2>2 7<9c 8>9c")
        .starts(ROOT, 7)
        .holds(7, "1>1 2>2 7<9c 8>9c")
        .closes(ROOT, "8>9c")
        .runs(7, "cat", "1>1 2>2")
        .closes(ROOT, "7<9c");
    assert_eq!(story.texts(), ["demo starts cat"]);
    let xray = story.xray();
    let tubes = xray.rows().iter().flat_map(|it| it.changes.tubes.keys());
    assert!(
        tubes.clone().all(|it| it == "1" || it == "2"),
        "{:?}",
        tubes.collect::<Vec<_>>()
    );
}

#[test]
fn who_slept_for_room_wakes_when_nobody_can_read() {
    let story = story()
        .holds(ROOT, "1>1 2>2 5<3c")
        .child(ROOT, 7, "yes", "1>3")
        .looks(seen().asleep(7, room(3), &[ROOT]).full(3))
        .closes(ROOT, "5<3c");
    let expected = "demo closes yes's stdout: nobody can read it any more; yes wakes";
    assert_eq!(story.texts()[1], expected);
}

#[test]
fn a_shell_that_keeps_a_copy_of_its_stdout_has_not_let_go_of_it() {
    let story = story()
        .holds(ROOT, "1>1 2>2 5<3c 6<4c")
        .child(ROOT, 7, "sh", "1>3 2>4")
        .closes(7, "1>3");
    let expected = "sh closes sh's stdout: nobody can write to it any more";
    assert_eq!(story.texts()[1], expected);
    let story = story.holds(7, "1>4 2>4 10>3c").prints("x");
    assert_eq!(
        story.texts()[1],
        "sh closes one descriptor of sh's stdout, and keeps another"
    );
}

#[test]
fn who_lets_go_of_both_ways_says_so_of_each() {
    let story = story()
        .holds(ROOT, "1>1 2>2 5<3c 6>4c")
        .child(ROOT, 7, "cat", "0<4 1>3")
        .closes(7, "1>3 0<4");
    let expected = "cat closes cat's stdout: nobody can write to it any more; cat closes cat's stdin: nobody can read it any more";
    assert_eq!(story.texts()[1], expected);
}

#[test]
fn who_lets_go_of_the_last_reading_end_and_writes_itself_is_told() {
    let story = story()
        .holds(ROOT, "1>1 3<3 4>3c")
        .child(ROOT, 7, "sh", "0<3 1>1")
        .ends(7, 0)
        .collected(7, Some(ROOT), 0.1)
        .closes(ROOT, "3<3");
    let texts = story.texts();
    let last = texts.last().map_or("", String::as_str);
    assert!(last.contains("nobody can read"), "{texts:?}");
}
