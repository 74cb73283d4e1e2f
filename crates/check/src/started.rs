//! The test's side of a trial: starts its process, and waits for its end.

use crate::ended::{Ended, How};
use crate::heard::Heard;
use crate::leash::Leash;
use crate::marked::{MARK, Mark};
use crate::own::{BEGINS, VERDICT};
use crate::terms::Terms;
use anyhow::Context;
use std::env;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a trial has started may take this long to be gone after it.
const GRACE: Duration = Duration::from_millis(500);

/// Starts the trial, and returns when nothing of it is left.
pub(crate) fn run(test: &str, terms: Terms) -> anyhow::Result<Ended> {
    let folder = tempfile::tempdir().context("making the trial's folder")?;
    let mark = Mark::new(folder.path());
    let leash = Leash::new()?;
    let mut child = command(test, &mark, &leash)?
        .current_dir(folder.path())
        .spawn()
        .context("starting this test's own program again")?;
    let leash = leash.held();
    feed(&mut child, terms.stdin);
    let stdout = Heard::of(child.stdout.take().context("stdout is piped")?);
    let stderr = Heard::of(child.stderr.take().context("stderr is piped")?);
    let status = awaited(&mut child, Instant::now() + terms.time_limit)?;
    let left = match status {
        Some(_) => mark.ended_after(GRACE),
        None => {
            mark.end();
            let _ = child.kill();
            Vec::new()
        }
    };
    let _ = child.wait();
    drop(leash);
    let how = status.map_or(How::TimedOut, How::Ended);
    let (stdout, stderr) = (stdout.all(), stderr.all());
    let begun = stdout.text.split_once(BEGINS);
    let verdict = stderr.text.split(VERDICT).nth(1);
    Ok(Ended {
        how,
        has_begun: begun.is_some(),
        stdout: begun.map_or("", |(_, said)| said).to_owned(),
        stderr: stderr
            .text
            .replace(verdict.unwrap_or_default(), "")
            .replace(VERDICT, ""),
        verdict: verdict.map(str::to_owned),
        too_much: stdout.is_cut || stderr.is_cut,
        left,
        expected: terms.expected,
        read: terms.read,
        time_limit: terms.time_limit,
    })
}

fn command(test: &str, mark: &Mark, leash: &Leash) -> anyhow::Result<Command> {
    let mut command = Command::new(own()?);
    command
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(MARK, mark.value())
        .env("LC_ALL", "C")
        // A signal to its whole group is for the trial alone.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    leash.give_to(&mut command);
    for name in ["RUST_BACKTRACE", "RUST_LIB_BACKTRACE", "PYTHONUNBUFFERED"] {
        command.env_remove(name);
    }
    Ok(command)
}

/// This program. Its file may have been replaced by a newer build; Linux still
/// knows the one that runs.
fn own() -> anyhow::Result<PathBuf> {
    match cfg!(target_os = "linux") {
        true => Ok(Path::new("/proc/self/exe").to_owned()),
        false => env::current_exe().context("finding the test's own file"),
    }
}

fn feed(child: &mut Child, bytes: Vec<u8>) {
    if let Some(mut stdin) = child.stdin.take() {
        // It may well end before it has read it all.
        thread::spawn(move || stdin.write_all(&bytes));
    }
}

/// Its status; `None` if it has none by then.
fn awaited(child: &mut Child, deadline: Instant) -> anyhow::Result<Option<ExitStatus>> {
    loop {
        let status = child.try_wait().context("waiting for the trial")?;
        if status.is_some() || Instant::now() > deadline {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(5));
    }
}
