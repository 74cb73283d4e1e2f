//! What a sleeper waits for, and when nobody will come.

use crate::story::{ROOT, Sleeping, Story, bytes, child, room, seen, story};
use recording::traced::{Seen, Waker};
use xray::row::{ArrowKind, RowKind};

/// The program, and `sh`, whose stdout and stderr it reads.
fn reading_sh() -> Story {
    story()
        .holds(ROOT, "1>1 2>2 3<3c 5<4c")
        .line(11)
        .starts(ROOT, 7)
        .runs(7, "sh", "1>3 2>4")
}

fn stuck() -> Seen {
    seen()
        .asleep(ROOT, bytes(3), &[7])
        .at_line(14)
        .also(Waker::Thread, 999.9)
        .at_line(15)
        .asleep(7, room(4), &[ROOT])
        .full(4)
        .deadlock(&[ROOT, 7], &[(ROOT, 999.9)])
}

#[test]
fn a_deadlock_says_who_waits_for_whom_and_what_will_end_it() {
    let story = reading_sh().looks(stuck()).later(1.0).prints("stuck\n");
    let expected = "Deadlock for 1.0 s. sh waits until demo reads sh's stderr, which is full (65,536 bytes). \
        demo waits until sh writes to sh's stdout or closes it. \
        Only demo's time limit of 1 s will end the deadlock.";
    let xray = story.xray();
    let row = &xray.rows()[2];
    assert_eq!(row.text, expected);
    assert_eq!(row.kind, RowKind::Deadlock);
    assert_eq!((row.line, &*row.also), (Some(14), &[15][..]));
    assert!(row.arrows.iter().all(|it| it.kind == ArrowKind::Stuck));
}

#[test]
fn a_deadlock_that_nothing_ends_says_so_and_is_over_when_one_moves() {
    let mut quiet = stuck();
    quiet.deadlock.as_mut().unwrap().limits.clear();
    let story = reading_sh().looks(quiet).dies_of(7, 9);
    assert!(story.texts()[1].ends_with("Nothing in the run will end the deadlock."));
    let is_stuck = |n: u32| story.xray().picture(n).boxes[&0].stuck;
    assert_eq!((is_stuck(2), is_stuck(3)), (Some(true), Some(false)));
}

#[test]
fn a_process_that_waits_for_itself_is_a_deadlock_of_one() {
    let story = story()
        .holds(ROOT, "1>1 5<3 6>3")
        .looks(
            seen()
                .asleep(ROOT, bytes(3), &[ROOT])
                .deadlock(&[ROOT], &[]),
        )
        .later(3.0)
        .dies_of(ROOT, 9);
    let expected = "Deadlock for 3.0 s. demo waits until demo itself writes to demo's pipe or closes it. Nothing in the run will end the deadlock.";
    assert_eq!(story.texts()[0], expected);
}

/// As of a receiver that holds the last sender.
#[test]
fn who_waits_for_a_thread_and_has_one_only_waits_for_itself() {
    let alone = |quiet: Seen| {
        let story = story().looks(quiet.deadlock(&[ROOT], &[])).later(1.0);
        story.prints("x").texts()[0].clone()
    };
    let one = || seen().asleep(ROOT, Waker::Thread, &[]);
    let rest = "Nothing in the run will end the deadlock.";
    let expected =
        format!("Deadlock for 1.0 s. demo waits for another thread, and has none. {rest}");
    assert_eq!(alone(one()), expected);
    let mut two = one();
    two.asleep[0].threads[0].threads = 2;
    let expected = format!("Deadlock for 1.0 s. demo waits for another of its threads. {rest}");
    assert_eq!(alone(two), expected);
}

#[test]
fn a_quiet_row_gets_its_duration_when_something_happens() {
    let story = reading_sh().looks(seen().asleep(ROOT, child(7), &[7]));
    assert_eq!(story.texts()[1], "demo waits until sh ends");
    let story = story.later(0.4).ends(7, 0);
    assert_eq!(story.texts()[1], "For 420 ms, demo waits until sh ends");
    let idle = story.xray().rows()[2].idle.unwrap();
    assert!((idle - 0.421).abs() < 1e-9, "{idle}");
}

#[test]
fn looks_that_see_the_same_are_one_row_and_a_deadlock_that_they_find_is_that_row() {
    let mut first = stuck();
    first.deadlock = None;
    let story = reading_sh()
        .looks(first.clone())
        .looks(first)
        .looks(stuck())
        .later(1.0)
        .prints("x");
    let texts = story.texts();
    assert_eq!(texts.len(), 3);
    assert!(
        texts[1].starts_with("Deadlock for 1.1 s. sh waits until demo reads"),
        "{}",
        texts[1]
    );
}

#[test]
fn a_look_that_sees_others_wait_is_another_row() {
    let story = reading_sh()
        .looks(seen().asleep(ROOT, Waker::Clock, &[]))
        .later(1.0)
        .looks(seen().asleep(ROOT, child(7), &[7]))
        .later(2.0)
        .ends(7, 0);
    assert_eq!(
        story.texts()[1..3],
        [
            "For 1.0 s, demo sleeps",
            "For 2.0 s, demo waits until sh ends"
        ]
    );
}

/// As of one that reads what it started, and then waits for its end.
#[test]
fn a_deadlock_begins_when_all_of_it_sleep() {
    let story = reading_sh()
        .looks(seen().asleep(ROOT, bytes(3), &[7]).at_line(11))
        .later(1.0)
        .looks(
            seen()
                .asleep(ROOT, child(7), &[7])
                .at_line(13)
                .asleep(7, room(3), &[ROOT])
                .full(3)
                .deadlock(&[ROOT, 7], &[]),
        )
        .later(2.0)
        .prints("x");
    let xray = story.xray();
    let [reads, stuck] = &xray.rows()[2..4] else {
        panic!("{:?}", story.texts());
    };
    assert!(
        reads.text.starts_with("For 1.0 s, demo waits"),
        "{}",
        reads.text
    );
    assert!(
        stuck.text.starts_with("Deadlock for 2.0 s. sh"),
        "{}",
        stuck.text
    );
    assert_eq!((reads.line, stuck.line), (Some(11), Some(13)));
}

#[test]
fn whom_it_waits_for_is_any_of_several() {
    let story = story()
        .holds(ROOT, "1>1 3<3c")
        .child(ROOT, 7, "sh", "1>3")
        .child(7, 8, "sleep 1", "1>3")
        .looks(
            seen()
                .asleep(ROOT, bytes(3), &[7, 8])
                .asleep(7, child(8), &[8]),
        );
    let expected = "demo waits until sh or sleep writes to sh's stdout, or both close it; sh waits until sleep ends";
    assert_eq!(story.texts()[2], expected);
}

#[test]
fn a_sleep_says_how_long_and_a_limit_how_long_at_most() {
    let mut quiet = seen()
        .asleep(ROOT, child(7), &[7])
        .asleep(7, Waker::Clock, &[]);
    quiet.asleep[1].threads[0].limit_ms = Some(1000.0);
    let story = reading_sh().looks(quiet);
    let expected = "demo waits until sh ends; sh sleeps for 1 s";
    assert_eq!(story.texts()[1], expected);
    let mut quiet = seen().asleep(ROOT, child(7), &[7]);
    quiet.asleep[0].threads[0].limit_ms = Some(1000.0);
    let story = reading_sh().looks(quiet);
    assert_eq!(story.texts()[1], "demo waits until sh ends, at most 1 s");
    let mut quiet = seen().asleep(ROOT, Waker::Clock, &[]);
    quiet.asleep[0].threads[0].limit_ms = Some(1000.0);
    quiet.asleep[0].threads[0].call = "futex".to_owned();
    let story = reading_sh().looks(quiet);
    assert_eq!(story.texts()[1], "demo waits, at most 1 s");
}

#[test]
fn whoever_waits_longer_than_its_call_may_has_called_again() {
    let mut quiet = seen()
        .asleep(ROOT, child(7), &[7])
        .asleep(7, Waker::Clock, &[]);
    for asleep in &mut quiet.asleep {
        asleep.threads[0].limit_ms = Some(58.0);
    }
    let story = reading_sh().looks(quiet).later(0.09).ends(7, 0);
    assert_eq!(
        story.texts()[1],
        "For 110 ms, demo waits until sh ends, with a time limit; sh sleeps"
    );
}

#[test]
fn a_stream_of_the_run_waits_for_somebody_outside() {
    let story = story().looks(seen().asleep(ROOT, room(1), &[]).full(1));
    let expected =
        "demo waits until somebody outside the run reads stdout, which is full (65,536 bytes)";
    assert_eq!(story.texts(), [expected]);
}

#[test]
fn locks_openers_and_terminals_have_their_words() {
    let told = |on: Waker| {
        let story = reading_sh().looks(seen().asleep(ROOT, on, &[]));
        story.texts()[1].clone()
    };
    assert_eq!(
        told(Waker::Lock { holders: vec![7] }),
        "demo waits for the lock that sh holds"
    );
    let opener = Waker::Opener {
        path: "/tmp/a".to_owned(),
        writer: true,
    };
    assert_eq!(
        told(opener),
        "demo waits until somebody opens /tmp/a for writing"
    );
    assert_eq!(
        told(Waker::Terminal),
        "demo waits until somebody types at the terminal"
    );
    assert_eq!(told(Waker::Signal), "demo waits for a signal");
}

#[test]
fn of_siblings_in_one_column_each_is_told_with_what_it_waits_for_itself() {
    let siblings = || {
        story()
            .line(8)
            .starts(ROOT, 7)
            .runs(7, "sleep 0.5", "1>1")
            .line(8)
            .starts(ROOT, 8)
            .runs(8, "sleep 60", "1>1")
    };
    let asleep = |limits: [f64; 2]| {
        let mut seen = seen().asleep(ROOT, Waker::Child { child: None }, &[7, 8]);
        for (pid, limit_ms) in [7, 8].into_iter().zip(limits) {
            seen = seen.asleep(pid, Waker::Clock, &[]);
            seen.asleep.last_mut().unwrap().threads[0].limit_ms = Some(limit_ms);
        }
        seen
    };
    let told = |limits| siblings().looks(asleep(limits)).texts().pop().unwrap();
    let two = told([500.0, 60_000.0]);
    assert!(
        two.ends_with("; one sleep sleeps for 500 ms; one sleep sleeps for 60 s"),
        "{two}"
    );
    let alike = told([60_000.0; 2]);
    assert!(alike.ends_with("; each sleep sleeps for 60 s"), "{alike}");
}

#[test]
fn who_sleeps_for_longer_than_it_meant_to_sleeps_again_and_again() {
    let naps = |later: f64| {
        let mut seen = seen().asleep(ROOT, Waker::Clock, &[]);
        seen.asleep[0].threads[0].limit_ms = Some(11.0);
        let story = reading_sh().looks(seen.asleep(7, room(4), &[ROOT]));
        let mut texts = story.later(later).ends(7, 0).texts();
        texts.remove(texts.len() - 2)
    };
    let long = naps(1.0);
    assert!(long.ends_with("demo sleeps again and again"), "{long}");
    let short = naps(0.0);
    assert!(short.ends_with("demo sleeps"), "{short}");
}

#[test]
fn to_wait_for_a_childs_exec_by_a_socket_is_to_wait_for_its_exec() {
    let by_socket = || seen().asleep(ROOT, Waker::Socket { socket: 0 }, &[7]);
    let before = story().line(5).starts(ROOT, 7).looks(by_socket());
    assert_eq!(before.texts(), ["demo starts a child"]);
    let after = before.runs(7, "cat", "1>3").looks(by_socket()).texts();
    assert!(after[1].ends_with("demo waits for a socket"), "{after:?}");
}

#[test]
fn who_falls_asleep_later_is_told_of_in_the_same_row() {
    let waits = || seen().asleep(ROOT, child(7), &[7]);
    let story = story()
        .line(5)
        .starts(ROOT, 7)
        .runs(7, "sleep 60", "1>1")
        .looks(waits())
        .looks(waits().asleep(7, Waker::Clock, &[]));
    let texts = story.texts();
    assert_eq!(texts.len(), 2, "{texts:?}");
    assert!(
        texts[1].ends_with("demo waits until sleep ends; sleep sleeps"),
        "{texts:?}"
    );
}

#[test]
fn a_deadlock_begins_when_they_wait_for_each_other_and_not_before() {
    let full = || {
        seen()
            .asleep(ROOT, child(7), &[7])
            .asleep(7, room(3), &[ROOT])
            .full(3)
            .deadlock(&[7, ROOT], &[])
    };
    let story = reading_sh()
        .looks(seen().asleep(ROOT, bytes(3), &[7]))
        .later(0.5)
        .looks(full());
    let xray = story.later(0.3).ends(7, 0).xray();
    let idle: Vec<_> = xray.rows().iter().filter_map(|it| it.idle).collect();
    assert_eq!(idle.len(), 2, "{:?}", xray.rows());
    assert!(idle[0] > 0.5 && idle[1] < 0.4, "{idle:?}");
}

#[test]
fn of_two_who_could_print_the_one_that_sleeps_on_did_not() {
    let waits = || {
        let mut seen = seen()
            .asleep(ROOT, child(7), &[7])
            .asleep(7, Waker::Clock, &[]);
        seen.asleep[1].threads[0].limit_ms = Some(60_000.0);
        seen
    };
    let story = story()
        .line(5)
        .starts(ROOT, 7)
        .runs(7, "sleep 60", "1>1")
        .looks(waits())
        .later(0.1)
        .prints("it still sleeps\n");
    let picture = story.xray().picture(3);
    let lives = picture.order.iter().map(|it| picture.life(*it));
    use xray::row::Life::{Asleep, Runs};
    assert_eq!(lives.collect::<Vec<_>>(), [Runs, Asleep]);
}
