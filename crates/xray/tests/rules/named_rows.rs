//! Which row a page opens at.

use crate::story::{ROOT, Sleeping, Story, bytes, child, room, seen, story};
use recording::traced::{SignalAction, Waker};

fn opened(story: &Story, shows: Option<&str>) -> String {
    let xray = story.xray();
    match xray.opening(shows) {
        Ok(n) => xray.rows()[n as usize].text.clone(),
        Err(error) => format!("error: {error}"),
    }
}

/// Two rounds; in each `sh` is read for a while, and is a zombie for a while.
fn two_rounds() -> Story {
    let mut story = story();
    for (pid, long) in [(7, 1.0), (17, 2.0)] {
        story = story
            .holds(ROOT, "1>1 2>2 5<3c")
            .line(5)
            .starts(ROOT, pid)
            .runs(pid, "sh", "1>3")
            .looks(
                seen()
                    .asleep(ROOT, bytes(3), &[pid])
                    .asleep(pid, Waker::Clock, &[]),
            )
            .later(long)
            .ends(pid, 0)
            .collected(pid, Some(ROOT), 30.0);
    }
    story
}

#[test]
fn a_page_opens_at_the_deadlock_else_at_the_longest_wait() {
    let story = two_rounds();
    assert!(opened(&story, None).starts_with("For 2.0 s, demo waits"));
    let quiet = seen().asleep(ROOT, room(3), &[ROOT]).deadlock(&[ROOT], &[]);
    let story = story.holds(ROOT, "1>1 5<3 6>3").looks(quiet).prints("x");
    assert!(opened(&story, None).starts_with("Deadlock"));
}

#[test]
fn else_at_a_zombie_or_a_death_by_a_signal_else_where_most_live() {
    let plain = story()
        .child(ROOT, 7, "a", "1>1")
        .child(ROOT, 8, "b", "1>1")
        .ends(7, 0)
        .collected(7, Some(ROOT), 0.1);
    assert_eq!(opened(&plain, None), "demo starts b");
    let killed = plain
        .gets(8, 13, None, SignalAction::Default)
        .dies_of(8, 13);
    assert!(opened(&killed, None).starts_with("b writes"));
    let zombie = killed.collected(8, Some(ROOT), 40.0);
    assert_eq!(
        opened(&zombie, None),
        "demo collects b, which was a zombie for 40 ms"
    );
}

#[test]
fn an_author_names_a_row_by_what_it_shows() {
    let story = two_rounds();
    let opens = |shows: &str| opened(&story, Some(shows));
    assert!(opens("demo waits for sh").starts_with("For 2.0 s"));
    assert!(opens("round 1 demo waits for sh").starts_with("For 1.0 s"));
    assert_eq!(opens("demo starts sh"), "demo starts sh");
    assert!(opens("sh ends").starts_with("sh ends with status 0"));
    assert_eq!(
        opens("demo collects sh"),
        "demo collects sh, which was a zombie for 30 ms"
    );
    assert_eq!(opens("zombie sh"), opens("sh ends"));
}

#[test]
fn a_zombie_is_shown_best_while_nothing_happens() {
    let story = story()
        .child(ROOT, 7, "sh", "1>1")
        .ends(7, 0)
        .looks(seen().asleep(ROOT, Waker::Clock, &[]))
        .later(1.0)
        .collected(7, Some(ROOT), 1020.0);
    assert_eq!(
        opened(&story, Some("zombie sh")),
        "For 1.0 s, demo sleeps; sh is a zombie"
    );
}

#[test]
fn a_signal_is_named_with_whom_it_reached() {
    let story = story()
        .child(ROOT, 7, "yes", "1>3")
        .gets(7, 13, None, SignalAction::Default)
        .dies_of(7, 13)
        .prints("yes | head\n");
    assert!(opened(&story, Some("SIGPIPE yes")).starts_with("yes writes"));
    assert_eq!(opened(&story, Some("output head")), "On stdout: yes | head");
}

#[test]
fn a_row_that_is_not_there_is_an_error_with_the_nearest() {
    let story = story()
        .child(ROOT, 7, "sh", "1>1")
        .child(7, 8, "cat", "1>1")
        .looks(
            seen()
                .asleep(ROOT, child(7), &[7])
                .asleep(7, child(8), &[8]),
        )
        .ends(8, 0);
    let expected =
        "error: no row of demo shows `sh wait for cat`; the nearest is `sh waits for cat`";
    assert_eq!(opened(&story, Some("sh wait for cat")), expected);
    assert!(opened(&story, Some("round 2 sh waits for cat")).starts_with("error: "));
    assert!(opened(&story, Some("deadlock")).starts_with("error: "));
}
