//! Pipes are called by their role.

use crate::story::{ROOT, Sleeping, bytes, room, seen, story};
use std::collections::BTreeMap;

/// The names of the tubes after the last row, by their keys.
fn names(story: &crate::story::Story) -> BTreeMap<String, String> {
    let picture = story.xray().picture(u32::MAX - 1);
    let tubes = picture.tubes.into_iter();
    tubes.map(|(key, tube)| (key, tube.name)).collect()
}

#[test]
fn a_pipe_is_its_program_s_stream_or_leads_from_one_to_another() {
    let story = story()
        .holds(ROOT, "1>1 2>2 5<4c 6>5c")
        .child(ROOT, 7, "yes", "1>3 2>4")
        .child(ROOT, 8, "wc", "0<3 1>1")
        .child(ROOT, 9, "cat", "0<5 1>1");
    let names = names(&story);
    assert_eq!(names["3"], "the pipe from yes to wc");
    assert_eq!(names["4"], "yes's stderr");
    assert_eq!(names["5"], "cat's stdin");
    assert_eq!((&*names["1"], &*names["2"]), ("stdout", "stderr"));
}

#[test]
fn one_pipe_for_both_streams_is_the_output() {
    let story = story()
        .holds(ROOT, "1>1 5<3c")
        .child(ROOT, 7, "sh", "1>3 2>3");
    assert_eq!(names(&story)["3"], "sh's output");
}

#[test]
fn a_pipe_that_is_passed_on_keeps_the_name_of_the_first() {
    let story = story()
        .holds(ROOT, "1>1 5<3c")
        .child(ROOT, 7, "sh", "1>3")
        .child(7, 8, "sleep 1", "1>3");
    assert_eq!(names(&story)["3"], "sh's stdout");
}

#[test]
fn two_programs_of_one_name_are_told_apart() {
    let story = story()
        .child(ROOT, 7, "sleep 1", "1>1")
        .child(ROOT, 8, "sleep 2", "1>1")
        .ends(8, 0);
    assert_eq!(story.texts()[2], "sleep #2 ends with status 0");
}

#[test]
fn a_child_of_the_chapter_has_its_own_name() {
    let story = story()
        .child(ROOT, 7, "/x/target/debug/chapter1 child talker", "1>1")
        .ends(7, 0);
    assert_eq!(
        story.texts(),
        ["demo starts talker", "talker ends with status 0"]
    );
}

#[test]
fn what_lies_behind_a_descriptor_shows_in_the_box() {
    let story = story().child(ROOT, 7, "sh", "0=null 1=out.txt 2>2 9=libfoo.soc");
    let picture = story.xray().picture(9);
    let holds = picture.boxes[&1].holds.as_ref().unwrap();
    let to: Vec<_> = holds
        .iter()
        .map(|it| (it.fd, it.to.as_deref(), it.tube.as_deref()))
        .collect();
    let expected = [
        (0, Some("/dev/null"), None),
        (1, Some("out.txt"), None),
        (2, None, Some("2")),
    ];
    assert_eq!(to, expected);
}

#[test]
fn two_descriptors_on_one_end_are_two() {
    let story = story()
        .holds(ROOT, "1>1 5<3c")
        .child(ROOT, 7, "sh", "1>3 2>3");
    let picture = story.xray().picture(9);
    let holds = picture.boxes[&1].holds.as_ref().unwrap();
    assert_eq!(
        holds
            .iter()
            .filter(|it| it.tube.as_deref() == Some("3"))
            .count(),
        2
    );
}

#[test]
fn a_full_pipe_stays_full_until_its_writer_moves_and_keeps_its_bytes() {
    let quiet = seen().asleep(7, room(3), &[ROOT]).full(3);
    let story = story()
        .holds(ROOT, "1>1 2>2 5<3c")
        .child(ROOT, 7, "sh", "1>3")
        .looks(quiet)
        .prints("stuck\n");
    let tube = |story: &crate::story::Story| story.xray().picture(99).tubes["3"].clone();
    assert!(tube(&story).full);
    let killed = story.dies_of(7, 9).prints("killed\n");
    assert_eq!(
        (tube(&killed).full, tube(&killed).bytes),
        (false, Some(65536))
    );
}

#[test]
fn who_was_seen_asleep_is_so_until_told_to_have_moved() {
    let quiet = seen().asleep(7, bytes(3), &[ROOT]);
    let story = story()
        .holds(ROOT, "1>1 2>2 6>3c")
        .child(ROOT, 7, "cat", "0<3 1=null")
        .looks(quiet)
        .prints("still\n");
    let life = |story: &crate::story::Story| story.xray().picture(99).life(1);
    assert_eq!(life(&story), xray::row::Life::Asleep);
    let moved = story.threads(7, 2).prints("moved\n");
    assert_eq!(life(&moved), xray::row::Life::Runs);
}
