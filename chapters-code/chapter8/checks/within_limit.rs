use super::within;
use anyhow::{Context, ensure};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use trial::{same, trial};

const PAGE: &str = "chapter8-many-cooks/cancelled.md";

/// Enough for a shell to start something.
const SHORT: Duration = Duration::from_millis(500);

fn one_thread() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// tokio's first runtime opens two descriptors and keeps them as long as the
/// process lives. Before the trial, so that nobody takes them for a leak.
fn tokio_has_begun() {
    one_thread().expect("tokio gives us a runtime");
}

/// Runs a script that does not end in time.
fn is_late(script: &str) -> anyhow::Result<()> {
    let runtime = one_thread()?;
    let output = runtime.block_on(within(SHORT, script))?;
    ensure!(output.is_none(), "it was in time: {output:?}");
    Ok(())
}

#[test]
fn a_script_that_ends_in_time_is_an_answer() {
    tokio_has_begun();
    trial("the script's output and its status, 3", || {
        let script = "echo out; echo err >&2; exit 3";
        let minute = Duration::from_secs(60);
        let output = one_thread()?.block_on(within(minute, script))?;
        let output = output.context("it was given a minute, and got none")?;
        same("stdout", &output.stdout, &b"out\n".to_vec())?;
        same("stderr", &output.stderr, &b"err\n".to_vec())?;
        same("the status", &output.status.code(), &Some(3))
    })
    .read(PAGE)
    .passes();
}

#[test]
fn the_child_is_gone_when_its_time_is_up() {
    tokio_has_begun();
    trial("`None`, and no child, running or a zombie", || {
        is_late("echo begun; exec sleep 60")
    })
    .read(PAGE)
    .passes();
}

#[test]
fn what_the_child_has_started_is_gone_too() {
    tokio_has_begun();
    trial("`None`, and nothing of what the script has started", || {
        is_late("sleep 60 >/dev/null 2>&1 & sleep 60; echo never")
    })
    .read(PAGE)
    .passes();
}

#[test]
fn who_does_not_listen_to_term_is_gone_too() {
    tokio_has_begun();
    trial("`None`, and nothing left, though TERM is ignored", || {
        is_late("trap '' TERM; sleep 60 | sleep 60; echo never")
    })
    .read(PAGE)
    .passes();
}
