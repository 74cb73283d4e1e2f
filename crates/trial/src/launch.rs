//! The test's side of a trial: starts its process, and waits for its end.

use crate::capture::Capture;
use crate::ended::{Ended, Ending};
use crate::mark::{MARK_VARIABLE, Mark};
use crate::parent_pipe::ParentPipe;
use crate::spec::TrialSpec;
use crate::trial_process::{BEGINNING, VERDICT};
use anyhow::Context;
use std::env;
use std::io::Write;
use std::mem;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long what the trial has started may take to end after it.
const GRACE: Duration = Duration::from_millis(500);

/// Runs the trial of the test of this name, and returns when nothing of it is
/// left.
pub(crate) fn run(test: &str, mut spec: TrialSpec) -> anyhow::Result<Ended> {
    let folder = tempfile::tempdir().context("making the trial's folder")?;
    let mark = Mark::new(folder.path());
    let parent_pipe = ParentPipe::new()?;
    let mut child = command(test, &mark, &parent_pipe)?
        .current_dir(folder.path())
        .spawn()
        .context("starting this test's own program again")?;
    let write_end = parent_pipe.into_write_end();
    feed(&mut child, mem::take(&mut spec.stdin));
    let stdout = Capture::of(child.stdout.take().context("stdout is piped")?);
    let stderr = Capture::of(child.stderr.take().context("stderr is piped")?);
    let status = wait_until(&mut child, Instant::now() + spec.time_limit);
    let left = match &status {
        Ok(Some(_)) => mark.kill_after(GRACE),
        Ok(None) | Err(_) => {
            mark.kill();
            let _ = child.kill();
            Vec::new()
        }
    };
    let _ = child.wait();
    drop(write_end);
    let (stdout, stderr) = (stdout.finish(), stderr.finish());
    let begun = stdout.text.split_once(BEGINNING);
    let verdict = stderr.text.split(VERDICT).nth(1);
    Ok(Ended {
        spec,
        ending: status?.map_or(Ending::TimedOut, Ending::Exited),
        has_begun: begun.is_some(),
        stdout: begun.map_or("", |(_, output)| output).to_owned(),
        stderr: stderr
            .text
            .replace(verdict.unwrap_or_default(), "")
            .replace(VERDICT, ""),
        verdict: verdict.map(str::to_owned),
        too_much: stdout.is_cut || stderr.is_cut,
        left,
    })
}

fn command(test: &str, mark: &Mark, parent_pipe: &ParentPipe) -> anyhow::Result<Command> {
    let mut command = Command::new(this_program()?);
    command
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(MARK_VARIABLE, mark.value())
        .env("LC_ALL", "C")
        // What the code sends to its whole group then spares the test.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    parent_pipe.pass_to(&mut command);
    for name in ["RUST_BACKTRACE", "RUST_LIB_BACKTRACE", "PYTHONUNBUFFERED"] {
        command.env_remove(name);
    }
    Ok(command)
}

/// The test's own file. A newer build may have replaced it; Linux still opens
/// the one that runs.
fn this_program() -> anyhow::Result<PathBuf> {
    match cfg!(target_os = "linux") {
        true => Ok(Path::new("/proc/self/exe").to_owned()),
        false => env::current_exe().context("finding the test's own file"),
    }
}

fn feed(child: &mut Child, bytes: Vec<u8>) {
    if let Some(mut stdin) = child.stdin.take() {
        // An error is no fault: the trial may end before it has read all.
        thread::spawn(move || stdin.write_all(&bytes));
    }
}

/// The child's status, or `None` if it still runs at the deadline.
fn wait_until(child: &mut Child, deadline: Instant) -> anyhow::Result<Option<ExitStatus>> {
    loop {
        let status = child.try_wait().context("waiting for the trial")?;
        if status.is_some() || Instant::now() > deadline {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(5));
    }
}
