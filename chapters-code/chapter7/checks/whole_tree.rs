use super::within;
use anyhow::Context;
use std::time::Duration;
use trial::{same, trial};

const PAGE: &str = "chapter7-conversations/kill-and-whom-it-misses.md";

/// The script has all that it wants to start by then.
const SHORT: Duration = Duration::from_secs(1);

/// Nobody waits that long.
const LONG: Duration = Duration::from_secs(60);

#[test]
fn a_script_in_time_is_heard_whole_even_if_it_fails() {
    trial("1,000,000 bytes, a warning, and exit code 3", || {
        let script = "head -c 1000000 /dev/zero; echo hot >&2; exit 3";
        let output = within(LONG, script)?.context("`within` gave it up")?;
        same("the exit code", &output.status.code(), &Some(3))?;
        same("the length of stdout", &output.stdout.len(), &1_000_000)?;
        same("stderr", &output.stderr, &b"hot\n".to_vec())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_grandchild_that_holds_the_pipe_is_ended_too() {
    trial("`None` when the time is over, and nothing left", || {
        let script = "trap '' TERM; echo; sleep 60; echo more";
        same("the answer", &within(SHORT, script)?, &None)
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_grandchild_that_holds_no_pipe_is_ended_too() {
    trial("`None` when the time is over, and nothing left", || {
        let script = "sleep 60 >/dev/null 2>&1 & wait";
        same("the answer", &within(SHORT, script)?, &None)
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_script_that_ends_without_its_child_holds_nobody_up() {
    trial("an end when the time is over, and nothing left", || {
        // It is over, and its output is not: either answer will do.
        within(SHORT, "sleep 60 & echo started").map(drop)
    })
    .read(PAGE)
    .passes();
}
