use super::{both, said};
use anyhow::bail;
use std::fs;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;
use trial::{same, trial};

const PAGE: &str = "chapter8-many-cooks/async-and-children.md";

fn one_thread() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// tokio's first runtime opens two descriptors and keeps them as long as the
/// process lives. Before the trial, so that nobody takes them for a leak.
fn tokio_has_begun() {
    one_thread().expect("tokio gives us a runtime");
}

#[test]
fn two_scripts_are_heard() {
    tokio_has_begun();
    trial("what each of them wrote, the first one's first", || {
        let (one, other) = one_thread()?
            .block_on(both("sleep 0.1; echo one; echo more", "echo other"))?;
        same("the first text", &one.as_str(), &"one\nmore")?;
        same("the second text", &other.as_str(), &"other")
    })
    .read(PAGE)
    .passes();
}

#[test]
fn two_scripts_can_wait_for_each_other() {
    tokio_has_begun();
    trial("both scripts, at the same time", || {
        let until = |other: &str| {
            format!("until [ -e {other} ]; do sleep 0.02; done; echo met")
        };
        let one = format!(": >one; {}", until("other"));
        let other = format!(": >other; {}", until("one"));
        let said = one_thread()?.block_on(both(&one, &other))?;
        same("what they said", &said, &("met".into(), "met".into()))
    })
    .read(PAGE)
    .passes();
}

#[test]
fn another_task_goes_on_meanwhile() {
    tokio_has_begun();
    trial("a task that does its work while both scripts run", || {
        let wait = "until [ -e work ]; do sleep 0.02; done; echo seen";
        let said = one_thread()?.block_on(async {
            tokio::spawn(async {
                // It needs a turn once more when the scripts have begun.
                sleep(Duration::from_millis(50)).await;
                fs::write("work", "")
            });
            both(wait, wait).await
        })?;
        same("what they said", &said, &("seen".into(), "seen".into()))
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_script_that_fails_is_an_error() {
    tokio_has_begun();
    trial("an error from a script that exits with 3", || {
        let said = one_thread()?.block_on(said("echo out; exit 3"));
        if let Ok(text) = said {
            bail!("`said` returned Ok({text:?})");
        }
        Ok(())
    })
    .read(PAGE)
    .passes();
}
