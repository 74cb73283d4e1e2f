//! What becomes one row, and what stays two.

use crate::story::{ROOT, seen, story};
use crate::story::{Sleeping, child};
use recording::traced::{SignalAction, Waker};
use xray::MOST_ROWS;

#[test]
fn a_start_and_its_exec_are_one_row() {
    let story = story().child(ROOT, 7, "sh -c x", "1>1");
    assert_eq!(story.texts(), ["demo starts sh -c x"]);
}

#[test]
fn a_start_without_an_exec_is_that_of_a_child() {
    let story = story().starts(ROOT, 7).ends(7, 1);
    assert_eq!(
        story.texts(),
        ["demo starts a child", "child of demo ends with status 1"]
    );
}

#[test]
fn the_exec_of_a_copy_that_was_long_seen_to_wait_has_a_row_of_its_own() {
    let wait = || {
        seen()
            .asleep(ROOT, child(7), &[7])
            .asleep(7, Waker::Clock, &[])
    };
    let story = story()
        .starts(ROOT, 7)
        .looks(wait())
        .later(0.2)
        .runs(7, "cat", "1>1");
    assert_eq!(story.texts()[2], "child of demo becomes cat by exec");
}

#[test]
fn a_short_quiet_time_ends_no_fold() {
    let mut story = story();
    for pid in 1..=20 {
        story = story.line(14).starts(ROOT, pid).runs(pid, "cat", "1>1");
        if pid == 10 {
            story = story.looks(seen().asleep(ROOT, child(1), &[1])).later(0.03);
        }
    }
    let texts = story.texts();
    assert_eq!(texts.len(), 2);
    assert_eq!(texts[0], "demo starts 20 × cat");
}

#[test]
fn that_an_exec_is_awaited_or_others_wait_while_the_program_runs_is_no_row() {
    let story = story()
        .starts(ROOT, 7)
        .looks(seen().asleep(ROOT, Waker::Exec, &[7]))
        .runs(7, "sleep 1", "1>1")
        .looks(seen().asleep(7, child(8), &[ROOT]))
        .ends(7, 0);
    assert_eq!(
        story.texts(),
        ["demo starts sleep 1", "sleep ends with status 0"]
    );
}

#[test]
fn a_second_exec_has_a_row_of_its_own() {
    let story = story()
        .child(ROOT, 7, "bash -c x", "1>1")
        .runs(7, "sleep 60", "1>1");
    assert_eq!(
        story.texts(),
        ["demo starts bash -c x", "bash becomes sleep 60 by exec"]
    );
}

#[test]
fn an_end_that_is_collected_at_once_is_one_row() {
    let story = story()
        .child(ROOT, 7, "true", "1>1")
        .ends(7, 0)
        .collected(7, Some(ROOT), 0.2);
    assert_eq!(
        story.texts()[1],
        "true ends with status 0; demo collects true"
    );
}

#[test]
fn a_zombie_of_twenty_milliseconds_has_a_row_for_its_collecting() {
    let story = story()
        .child(ROOT, 7, "true", "1>1")
        .ends(7, 0)
        .collected(7, Some(ROOT), 20.0);
    let texts = story.texts();
    assert_eq!(
        texts[1..],
        [
            "true ends with status 0",
            "demo collects true, which was a zombie for 20 ms"
        ]
    );
}

#[test]
fn the_collector_must_be_alive() {
    let story = story()
        .child(ROOT, 7, "sh", "1>1")
        .child(7, 8, "sleep 1", "1>1")
        .dies_of(7, 9)
        .ends(8, 0)
        .collected(8, Some(7), 900.0);
    assert_eq!(story.texts()[3..], ["sleep ends with status 0"]);
}

#[test]
fn a_death_by_a_broken_pipe_is_one_row() {
    let story = story()
        .child(ROOT, 7, "yes", "1>3")
        .gets(7, 13, Some(7), SignalAction::Default)
        .dies_of(7, 13);
    let expected = "yes writes to a pipe that nobody can read, and is ended by SIGPIPE";
    assert_eq!(story.texts()[1..], [expected]);
}

#[test]
fn an_ignored_broken_pipe_is_told_once_with_its_count() {
    let story = story()
        .gets(ROOT, 13, Some(ROOT), SignalAction::Ignored)
        .gets(ROOT, 13, Some(ROOT), SignalAction::Ignored);
    let expected = "demo writes to a pipe that nobody can read, and ignores SIGPIPE, 2 times";
    assert_eq!(story.texts(), [expected]);
}

#[test]
fn many_children_of_one_line_are_a_row_with_their_count() {
    let mut story = story();
    for pid in 1..=50 {
        story = story.line(14).starts(ROOT, pid).runs(pid, "cat", "0<3 1>1");
    }
    for pid in (1..=50).rev() {
        story = story.ends(pid, 0);
    }
    for pid in 1..=30 {
        story = story.collected(pid, Some(ROOT), 40.0);
    }
    let expected = [
        "demo starts 50 × cat",
        "50 × cat end with status 0",
        "demo collects 30 × cat",
    ];
    assert_eq!(story.texts(), expected);
}

#[test]
fn many_of_two_lines_are_two_rows_though_they_alternate() {
    let mut story = story();
    for pid in 1..=50 {
        story = story.line(14).starts(ROOT, pid).runs(pid, "cat", "1>1");
        story = story
            .line(15)
            .starts(ROOT, 100 + pid)
            .runs(100 + pid, "cat", "1>1");
    }
    assert_eq!(
        story.texts(),
        [
            "demo starts 50 × cat (line 14)",
            "demo starts 50 × cat (line 15)"
        ]
    );
}

#[test]
fn zombies_of_two_lines_are_told_apart_when_those_of_one_are_collected() {
    let mut story = story();
    for (line, pids) in [(14, [7, 8]), (15, [17, 18])] {
        for pid in pids {
            story = story.line(line).starts(ROOT, pid).runs(pid, "cat", "1>1");
        }
    }
    for pid in [7, 8, 17, 18] {
        story = story.ends(pid, 0);
    }
    for pid in [17, 18] {
        story = story.collected(pid, Some(ROOT), 40.0);
    }
    let expected = "demo collects 2 × cat (line 15); 2 × cat (line 14) stay zombies";
    assert_eq!(story.texts().last().unwrap(), expected);
    let says = |n, column: usize| story.xray().picture(n).boxes[&column].says.clone();
    let zombies = Some(Some(
        "† exit 0: all zombies, not yet collected by demo".to_owned(),
    ));
    assert_eq!(says(5, 1), zombies);
    assert_eq!(
        says(5, 2),
        Some(Some("† exit 0, collected by demo".to_owned()))
    );
}

#[test]
fn pieces_of_output_are_one_row_until_something_happens() {
    let story = story()
        .prints("a")
        .prints("b\n")
        .child(ROOT, 7, "cat", "1>1")
        .prints("c\n");
    assert_eq!(
        story.texts(),
        ["On stdout: ab", "demo starts cat", "On stdout: c"]
    );
    let xray = story.xray();
    assert_eq!(xray.rows()[1].output.as_ref().unwrap().text, "ab\n");
}

#[test]
fn of_a_long_output_the_rest_is_counted() {
    let story = story().prints(&"x".repeat(1000));
    let xray = story.xray();
    let output = xray.rows()[1].output.as_ref().unwrap();
    assert_eq!(output.text.len() + output.left_out, 1000);
    assert_eq!(output.left_out, 600);
}

#[test]
fn a_hundred_thousand_events_are_not_as_many_rows_and_the_last_says_so() {
    let mut story = story();
    for pid in 200..50_200 {
        story = story
            .child(ROOT, pid, "true", "1>1")
            .stops(pid)
            .dies_of(pid, 9);
    }
    let story = story.over();
    let xray = story.xray();
    let rows = xray.rows();
    assert_eq!(rows.len(), MOST_ROWS);
    let last = &rows[MOST_ROWS - 1].text;
    assert!(
        last.ends_with(" more rows are not shown; demo has ended: exit status 0"),
        "{last}"
    );
    assert!(last.starts_with("1"), "{last}");
    assert!(xray.picture(MOST_ROWS as u32).order.len() <= 200);
}

#[test]
fn a_child_that_a_closing_parent_waits_for_is_told_in_order() {
    let story = story()
        .child(ROOT, 7, "sh", "1>1")
        .looks(seen().asleep(ROOT, child(7), &[7]))
        .later(2.0)
        .ends(7, 3)
        .collected(7, Some(ROOT), 1.0)
        .over();
    let expected = [
        "demo starts sh",
        "For 2.0 s, demo waits until sh ends",
        "sh ends with status 3; demo collects sh",
        "demo ends with status 0",
    ];
    assert_eq!(story.texts(), expected);
}

#[test]
fn a_zombie_that_was_there_when_something_was_printed_is_collected_after_that() {
    let story = story()
        .child(ROOT, 7, "sleep 1", "1>1")
        .ends(7, 0)
        .prints("Z\n")
        .collected(7, Some(ROOT), 0.4);
    let texts = story.texts();
    assert!(!texts[2].contains("collects"), "{texts:?}");
    assert!(texts.last().unwrap().contains("collects"), "{texts:?}");
}

#[test]
fn a_reap_after_something_else_has_a_row_of_its_own() {
    let pipeline = || story().child(ROOT, 7, "echo", "1>3").ends(7, 0);
    let at_once = pipeline().collected(7, Some(ROOT), 0.1).texts();
    assert_eq!(at_once[1], "echo ends with status 0; demo collects echo");
    let later = pipeline()
        .child(ROOT, 8, "wc -w", "0<3")
        .collected(7, Some(ROOT), 10.0);
    let texts = later.texts();
    assert_eq!(texts[1], "echo ends with status 0");
    assert_eq!(texts[3], "demo collects echo, which was a zombie for 10 ms");
}

#[test]
fn whoever_is_collected_later_has_not_been_collected_before() {
    let story = story()
        .child(ROOT, 7, "yes", "1>3")
        .child(ROOT, 8, "head -n1", "0<3")
        .ends(7, 0)
        .ends(8, 0)
        .collected(7, Some(ROOT), 30.0)
        .collected(8, Some(ROOT), 40.0);
    let texts = story.texts();
    assert_eq!(
        texts[3..],
        [
            "head ends with status 0",
            "demo collects yes, which was a zombie for 30 ms; head stays a zombie",
            "demo collects head, which was a zombie for 40 ms",
        ]
    );
}
