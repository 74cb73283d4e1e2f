use super::watch;
use anyhow::ensure;
use std::os::unix::process::ExitStatusExt;
use trial::{same, trial};

const PAGE: &str = "chapter7-conversations/index.md";

#[test]
fn a_worker_that_succeeds_in_its_third_run_is_not_run_again() {
    trial("exit codes 1 and 2, then 0, and no fourth run", || {
        let worker = "echo >>runs; run=$(wc -l <runs); exit $((run % 3))";
        let runs = watch(&["sh", "-c", worker], 5)?;
        let expected = vec![Some(1), Some(2), Some(0)];
        let codes: Vec<_> = runs.iter().map(|run| run.code()).collect();
        same("the list of exit codes", &codes, &expected)
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_worker_that_always_fails_is_given_up() {
    trial("one run, and three more, each with exit code 7", || {
        let runs = watch(&["sh", "-c", "echo >>runs; exit 7"], 3)?;
        let codes: Vec<_> = runs.iter().map(|run| run.code()).collect();
        same("the list of exit codes", &codes, &vec![Some(7); 4])?;
        let runs = std::fs::read_to_string("runs")?.lines().count();
        same("the number of runs", &runs, &4)
    })
    .read(PAGE)
    .passes();
}

#[test]
fn an_end_by_a_signal_is_a_failure_and_its_status_is_told() {
    trial("two runs, each ended by signal 9", || {
        let runs = watch(&["sh", "-c", "kill -9 $$"], 1)?;
        let signals: Vec<_> = runs.iter().map(|run| run.signal()).collect();
        same("the list of signals", &signals, &vec![Some(9); 2])
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_worker_that_cannot_be_started_is_an_error() {
    trial("an error, since there is no such program", || {
        let runs = watch(&["./no-such-worker"], 3);
        ensure!(runs.is_err(), "`watch` returned {runs:?}");
        Ok(())
    })
    .read(PAGE)
    .passes();
}
