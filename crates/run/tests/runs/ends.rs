use crate::fixture::script;
use recording::Kind;
use std::time::Duration;

#[test]
fn an_exit_status_is_told() {
    script("exit 3").ends().with_status(3).leaving_nothing();
}

#[test]
fn a_signal_is_told() {
    script("kill -9 $$").ends().by_signal(9).leaving_nothing();
}

#[test]
fn a_signal_reaches_the_whole_group() {
    // The shell and both of its children: none of them outlives the interrupt.
    script("echo ready; sleep 1000 | sleep 1000; echo not here")
        .starts()
        .says("ready\n")
        .then(|control| control.stop())
        .ends()
        .by_signal(2)
        .having_said("ready\n")
        .having_left(&[])
        .leaving_nothing();
}

#[test]
fn an_interrupt_can_be_caught() {
    script("trap 'echo caught; exit 7' INT; echo ready; while :; do read line; done")
        .with_stdin(run::Stdin::Open)
        .starts()
        .says("ready\n")
        .then(|control| control.stop())
        .ends()
        .with_status(7)
        .having_said("ready\ncaught\n");
}

#[test]
fn a_program_that_heeds_the_interrupt_is_stopped_by_it() {
    script("echo ready; exec sleep 1000")
        .starts()
        .says("ready\n")
        .then(|control| control.stop())
        .ends()
        .by_signal(2)
        .leaving_nothing();
}

#[test]
fn a_program_that_heeds_only_the_terminate_is_stopped_by_that() {
    script("trap '' INT; echo ready; exec sleep 1000")
        .starts()
        .says("ready\n")
        .then(|control| control.stop())
        .ends()
        .by_signal(15);
}

#[test]
fn what_the_program_started_has_time_to_heed_the_interrupt_too() {
    // The interrupt kills the first shell at once; the second has work to do.
    let second = "trap 'sleep 0.4; echo saved; exit' INT; echo ready; while :; do sleep 0.1; done";
    script(&format!("sh -c \"{second}\"; true"))
        .starts()
        .says("ready\n")
        .then(|control| control.stop())
        .ends()
        .by_signal(2)
        .having_said("ready\nsaved\n")
        .having_left(&[])
        .leaving_nothing();
}

#[test]
fn a_program_that_ignores_interrupt_and_terminate_is_stopped_all_the_same() {
    script("trap '' INT TERM; echo ready; exec sleep 1000")
        .starts()
        .says("ready\n")
        .then(|control| control.stop())
        .ends()
        .by_signal(9)
        .within(Duration::from_secs(8))
        .leaving_nothing();
}

#[test]
fn a_program_that_is_suspended_is_stopped_by_the_interrupt_too() {
    // Another says it, when the signal is on its way.
    script("sh -c 'kill -STOP $PPID; echo ready'; echo not here")
        .starts()
        .says("ready\n")
        .then(|control| control.stop())
        .ends()
        .by_signal(2);
}

#[test]
#[cfg(target_os = "linux")]
fn end_kills_at_once_and_calls_nothing_left_behind() {
    script("trap '' INT TERM; setsid sleep 1000 & echo ready; wait; sleep 1000")
        .starts()
        .says("ready\n")
        .then(|control| control.end())
        .ends()
        .by_signal(9)
        .having_left(&[])
        .leaving_nothing();
}

#[test]
fn a_silent_program_is_ended_at_its_time_limit() {
    let ended = script("exec sleep 1000")
        .limited_to(Duration::from_millis(300))
        .ends()
        .by_signal(9)
        .leaving_nothing();
    let kinds: Vec<_> = ended.kinds().collect();
    let [_, timed_out, _] = kinds[..] else {
        panic!("{kinds:?}")
    };
    assert_eq!(*timed_out, Kind::TimedOut { seconds: 0.3 });
    assert!(ended.events[1].t >= 0.3);
}

#[test]
#[cfg(target_os = "linux")]
fn a_time_limit_ends_all_that_the_program_started() {
    script("setsid sleep 1000 & sleep 1000 & wait")
        .limited_to(Duration::from_millis(300))
        .ends()
        .by_signal(9)
        .having_left(&[])
        .leaving_nothing();
}

#[test]
fn a_program_within_its_time_limit_does_not_notice_it() {
    let ended = script("exit 0").limited_to(Duration::MAX).ends();
    let late = |kind: &Kind| matches!(kind, Kind::TimedOut { .. });
    assert!(!ended.with_status(0).kinds().any(late));
}

#[test]
fn orders_to_a_run_that_is_over_do_nothing() {
    let running = script("exit 0").with_stdin(run::Stdin::Open).starts();
    let control = running.run.control();
    running.ends().with_status(0);
    control.stop();
    control.close_stdin();
    let error = control.write(b"x").unwrap_err();
    assert_eq!(
        error.to_string(),
        "writing to the stdin of a run that is over"
    );
}
