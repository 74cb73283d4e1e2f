//! What a prediction is held against.

use crate::story::{ROOT, Sleeping, Story, bytes, seen, story};
use recording::traced::Waker;

fn grandchild() -> Story {
    story()
        .holds(ROOT, "1>1 2>2 5<3c")
        .child(ROOT, 7, "sh", "1>3")
        .child(7, 8, "sleep 1", "1>3")
        .ends(7, 0)
        .left_alone(8)
        .looks(
            seen()
                .asleep(ROOT, bytes(3), &[8])
                .asleep(8, Waker::Clock, &[]),
        )
        .later(1.0)
        .ends(8, 0)
        .collected(8, None, 0.1)
        .collected(7, Some(ROOT), 1000.0)
        .over()
}

#[test]
fn facts_are_told_from_the_finished_xray() {
    let xray = grandchild().xray();
    let open = xray.opening(None).unwrap();
    assert_eq!(xray.processes(), 3);
    assert_eq!(xray.zombies().into_iter().collect::<Vec<_>>(), ["sh"]);
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(
        xray.waits_at(open).into_iter().collect::<Vec<_>>(),
        [pair("demo", "sleep")]
    );
    assert!(!xray.is_deadlock_at(open));
    assert_eq!(
        xray.reaps().into_iter().collect::<Vec<_>>(),
        [pair("demo", "sh")]
    );
    assert_eq!(xray.ends(), ["sh", "sleep", "demo"]);
}

#[test]
fn facts_can_be_asked_in_words() {
    let xray = grandchild().xray();
    for fact in [
        "3 processes",
        "zombie sh",
        "demo waits for sleep",
        "no deadlock",
        "demo collects sh",
        "sh ends before sleep",
    ] {
        assert_eq!(xray.is_so(fact), Ok(true), "{fact}");
    }
    for fact in [
        "2 processes",
        "zombie sleep",
        "no zombie",
        "deadlock",
        "demo waits for sh",
        "demo collects sleep",
        "sleep ends before sh",
    ] {
        assert_eq!(xray.is_so(fact), Ok(false), "{fact}");
    }
}

#[test]
fn what_cannot_be_asked_is_refused_with_the_nearest_that_can() {
    let xray = grandchild().xray();
    for (fact, refusal) in [
        (
            "zombie slep",
            "nobody in demo is called slep; the nearest name is sleep",
        ),
        (
            "demo awaits sleep",
            "an X-ray cannot be asked `demo awaits sleep`; the nearest that it can be asked is \
             `demo waits for sleep`",
        ),
        (
            "dead lock",
            "an X-ray cannot be asked `dead lock`; the nearest that it can be asked is `deadlock`",
        ),
        (
            "three processes",
            "an X-ray cannot be asked `three processes`; the nearest that it can be asked is \
             `3 processes`",
        ),
    ] {
        assert_eq!(xray.is_so(fact), Err(refusal.to_owned()), "{fact}");
    }
}
