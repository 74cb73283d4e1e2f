//! A program that stops its supervisor: the owner has to notice.

use crate::fixture::{script, standing_in};
use std::time::Duration;

/// Stops the parent, which is the supervisor.
const STOP_SUPERVISOR: &str = "kill -STOP $PPID";

/// Stops it again and again, in a group and a session of its own.
const STOP_WITHOUT_END: &str = "setsid sh -c \"while kill -STOP $PPID; do :; done\" &";

#[test]
fn the_time_limit_holds_for_a_program_that_stops_its_supervisor() {
    script(&format!("{STOP_SUPERVISOR}; exec sleep 1000"))
        .limited_to(Duration::from_millis(300))
        .ends()
        .by_signal(9)
        .within(Duration::from_secs(10))
        .leaving_nothing();
}

#[test]
fn a_program_that_has_stopped_its_supervisor_can_be_stopped() {
    script(&format!("{STOP_SUPERVISOR}; echo ready; exec sleep 1000"))
        .starts()
        .says("ready\n")
        .then(|control| control.stop())
        .ends()
        .by_signal(2)
        .within(Duration::from_secs(10))
        .leaving_nothing();
}

#[test]
fn a_program_that_has_stopped_its_supervisor_ends_by_itself() {
    script(&format!("{STOP_SUPERVISOR}; exit 3"))
        .ends()
        .with_status(3)
        .leaving_nothing();
}

#[test]
fn a_dropped_run_ends_although_its_supervisor_is_stopped() {
    let text = format!("setsid sleep 1000 & {STOP_SUPERVISOR}; echo ready; exec sleep 1000");
    let running = script(&text).starts().says("ready\n");
    drop(running.run);
    assert_eq!(standing_in(running.folder.path()), [""; 0]);
}

#[test]
fn the_time_limit_holds_for_a_program_that_stops_its_supervisor_without_end() {
    let text = format!("{STOP_WITHOUT_END} setsid sleep 1000 & exec sleep 1000");
    let running = script(&text)
        .limited_to(Duration::from_millis(300))
        .starts();
    let ended = running.run.collect::<anyhow::Result<Vec<_>>>();
    // Between two stops the supervisor may just have had the time that it needs.
    if let Err(error) = ended {
        let expected = "the supervisor did not end the run in time";
        assert_eq!(error.to_string(), expected);
    }
    assert_eq!(standing_in(running.folder.path()), [""; 0]);
}
