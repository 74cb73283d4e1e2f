//! When two X-rays of one listing are the same.

use crate::story::{ROOT, Sleeping, Story, bytes, room, seen, story};
use recording::traced::{SignalAction, Waker};
use xray::compare::differences;

fn differ(a: &Story, b: &Story) -> Vec<String> {
    differences(&a.events, &b.events)
}

#[test]
fn pids_times_and_who_is_collected_first_do_not_count() {
    let run = |pids: [u32; 2], swap: bool, ms: f64| {
        let (first, second) = if swap {
            (pids[1], pids[0])
        } else {
            (pids[0], pids[1])
        };
        story()
            .child(ROOT, pids[0], "yes", "1>3")
            .later(ms / 1e3)
            .child(ROOT, pids[1], "head -n1", "0<3 1>1")
            .ends(pids[1], 0)
            .gets(pids[0], 13, None, SignalAction::Default)
            .dies_of(pids[0], 13)
            .collected(first, Some(ROOT), ms)
            .collected(second, Some(ROOT), ms)
            .over()
    };
    assert_eq!(
        differ(&run([7, 8], false, 0.1), &run([50, 60], true, 30.0)),
        [""; 0]
    );
}

#[test]
fn another_status_another_program_or_a_missing_child_counts() {
    let run = |program: &str, code| {
        story()
            .child(ROOT, 7, program, "1>1")
            .ends(7, code)
            .collected(7, Some(ROOT), 0.1)
            .over()
    };
    let recorded = run("cat", 0);
    assert_eq!(
        differ(&recorded, &run("cat", 1)),
        ["cat: the recording has `ends with status 0` where this run has `ends with status 1`"]
    );
    assert_eq!(
        differ(&recorded, &run("tac", 0))[..2],
        [
            "the listing did not start cat in this run; the recording has it",
            "the listing started tac in this run; the recording does not have it"
        ]
    );
    let arguments = differ(&run("cat a", 0), &run("cat b", 0));
    assert_eq!(
        arguments,
        ["cat: the recording has `runs cat a` where this run has `runs cat b`"]
    );
}

#[test]
fn a_child_that_was_collected_or_not_counts() {
    let run = |is_collected: bool| {
        let story = story().child(ROOT, 7, "cat", "1>1").ends(7, 0);
        match is_collected {
            true => story.collected(7, Some(ROOT), 0.1).over(),
            false => story.over().collected(7, None, 0.1),
        }
    };
    let told = differ(&run(true), &run(false));
    assert!(
        told.iter().any(|it| it.contains("`collects cat`")),
        "{told:?}"
    );
}

#[test]
fn what_the_parent_did_before_and_after_it_collected_a_child_counts() {
    let run = |collects_first: bool| {
        let story = story().child(ROOT, 7, "cat", "1>1").ends(7, 0);
        let story = match collects_first {
            true => story
                .collected(7, Some(ROOT), 0.1)
                .child(ROOT, 8, "tac", "1>1"),
            false => story
                .child(ROOT, 8, "tac", "1>1")
                .collected(7, Some(ROOT), 0.1),
        };
        story.ends(8, 0).collected(8, Some(ROOT), 0.1).over()
    };
    assert_eq!(differ(&run(true), &run(true)), [""; 0]);
    assert_eq!(
        differ(&run(true), &run(false)),
        ["the listing: the recording has `collects cat` where this run has `starts tac`"]
    );
}

#[test]
fn a_copy_that_was_killed_before_its_exec_is_the_same_child() {
    let run = |is_quick: bool| {
        let story = story().child(ROOT, 7, "sh", "1>1").starts(7, 8);
        let story = if is_quick {
            story.runs(8, "sleep 60", "1>1")
        } else {
            story
        };
        story
            .sends_to_group(ROOT, 15, &[7, 8])
            .dies_of(8, 15)
            .dies_of(7, 15)
            .collected(7, Some(ROOT), 1.0)
            .over()
    };
    assert_eq!(differ(&run(true), &run(false)), [""; 0]);
    assert_eq!(differ(&run(false), &run(true)), [""; 0]);
}

#[test]
fn of_what_was_seen_a_deadlock_and_the_opened_row_count() {
    let run = |deadlock: bool, long: f64, other: bool| {
        let quiet = seen().asleep(ROOT, bytes(3), &[7]);
        let quiet = if deadlock {
            quiet
                .asleep(7, room(4), &[ROOT])
                .full(4)
                .deadlock(&[ROOT, 7], &[(ROOT, long * 1e3)])
        } else {
            quiet
        };
        let mut story = story()
            .holds(ROOT, "1>1 2>2 5<3c 6<4c")
            .child(ROOT, 7, "sh", "1>3 2>4");
        if other {
            story = story
                .looks(seen().asleep(7, Waker::Clock, &[]))
                .threads(7, 1)
                .prints("");
        }
        story.looks(quiet).later(long).dies_of(7, 9).over()
    };
    let recorded = run(false, 1.0, false);
    assert_eq!(differ(&recorded, &run(false, 1.3, true)), [""; 0]);
    let gone = differ(&recorded, &run(true, 1.0, false));
    assert_eq!(gone.len(), 2, "{gone:?}");
    assert!(
        gone[0].starts_with("of deadlocks the recording has `nothing more`"),
        "{gone:?}"
    );
    assert_eq!(
        differ(&run(true, 1.0, false), &run(true, 1.2, false)),
        [""; 0]
    );
}

#[test]
fn what_is_left_of_a_deadlock_when_a_limit_has_ended_it_is_no_second_one() {
    let run = |looked_again: bool, other: bool| {
        let both = seen()
            .asleep(ROOT, bytes(3), &[7])
            .asleep(7, Waker::Thread, &[])
            .deadlock(&[ROOT, 7], &[(ROOT, 1e3)]);
        let left = match other {
            true => seen().asleep(8, Waker::Thread, &[]).deadlock(&[8], &[]),
            false => seen().asleep(7, Waker::Thread, &[]).deadlock(&[7], &[]),
        };
        let mut story = story()
            .holds(ROOT, "1>1 2>2 5<3c")
            .child(ROOT, 7, "sh", "1>3 2>4")
            .child(ROOT, 8, "sh", "1>1")
            .looks(both)
            .later(1.0)
            .prints("late");
        if looked_again {
            story = story.looks(left);
        }
        story.later(0.1).dies_of(7, 9).dies_of(8, 9).over()
    };
    assert_eq!(differ(&run(false, false), &run(true, false)), [""; 0]);
    assert_eq!(differ(&run(true, false), &run(false, false)), [""; 0]);
    assert_eq!(differ(&run(false, false), &run(true, true)).len(), 1);
}

#[test]
fn a_pid_in_a_command_does_not_count() {
    let run = |sleep: u32| {
        story()
            .child(ROOT, sleep, "sleep 60", "1>1")
            .child(ROOT, 9, &format!("kill {sleep}"), "1>1")
            .child(ROOT, 10, &format!("cat /proc/{sleep}/stat"), "1>1")
            .over()
    };
    assert_eq!(differ(&run(70), &run(80)), [""; 0]);
}

#[test]
fn a_signal_that_comes_before_an_exec_or_after_it_is_the_same_but_must_come() {
    let run = |before: bool, after: bool| {
        let story = story().child(ROOT, 7, "sh", "1>1").starts(7, 8);
        let gets = |story: Story, does: bool| match does {
            true => story.gets(8, 15, Some(ROOT), SignalAction::Ignored),
            false => story,
        };
        let story = gets(story, before).runs(8, "sleep 60", "1>1");
        gets(story, after).dies_of(8, 9).over()
    };
    assert_eq!(differ(&run(true, false), &run(false, true)), [""; 0]);
    assert_eq!(differ(&run(true, false), &run(false, false)).len(), 1);
}

#[test]
fn of_two_tasks_either_may_start_its_child_first() {
    let run = |commands: [&str; 2], late: u32| {
        story()
            .child(ROOT, 7, commands[0], "1>1")
            .child(ROOT, 8, commands[1], "1>1")
            .ends(15 - late, 0)
            .collected(15 - late, Some(ROOT), 0.1)
            .sends(ROOT, 9, &[late])
            .dies_of(late, 9)
            .collected(late, Some(ROOT), 0.1)
            .over()
    };
    let (short, long) = ("sleep 0.5", "sleep 60");
    let recorded = run([short, long], 8);
    assert_eq!(differ(&recorded, &run([long, short], 7)), [""; 0]);
    let other_killed = differ(&recorded, &run([long, short], 8));
    assert!(!other_killed.is_empty(), "the short one was killed");
}

#[test]
fn a_start_that_stands_in_another_line_of_the_listing_counts() {
    let run = |lines: &[u32]| {
        let mut story = story();
        for (&line, child) in lines.iter().zip(7..) {
            story = story.line(line).child(ROOT, child, "cat", "1>1");
        }
        story.over()
    };
    assert_eq!(
        differ(&run(&[13, 20]), &run(&[15, 20])),
        ["the listing starts programs in line 13 as recorded, and in line 15 now"]
    );
    assert_eq!(differ(&run(&[13, 20]), &run(&[20, 13])), [""; 0]);
}

#[test]
fn a_start_whose_line_was_not_found_does_not_count() {
    let with = story().line(13).child(ROOT, 7, "cat", "1>1").over();
    let without = story().child(ROOT, 7, "cat", "1>1").over();
    assert_eq!(differ(&with, &without), [""; 0]);
    assert_eq!(differ(&without, &with), [""; 0]);
}
