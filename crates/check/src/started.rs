//! The test's side of a trial: starts its process, and waits for its end.

use crate::ended::{Ended, How};
use crate::marked::{MARK, Mark};
use crate::own::{BEGINS, VERDICT};
use crate::trial::Trial;
use anyhow::Context;
use std::env;
use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// What a trial has started may take this long to be gone after it.
const GRACE: Duration = Duration::from_millis(500);

/// How long the last output may take to come when nobody writes any more.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Starts the trial, and returns when nothing of it is left.
pub(crate) fn run<F>(test: &str, trial: &Trial<F>) -> anyhow::Result<Ended> {
    let folder = tempfile::tempdir().context("making the trial's folder")?;
    let mark = Mark::new(folder.path());
    let own = env::current_exe().context("finding the test's own file")?;
    let mut child = command(&own, test, &mark)
        .current_dir(folder.path())
        .spawn()
        .with_context(|| format!("starting {} again", own.display()))?;
    feed(&mut child, trial.stdin.clone());
    let stdout = read(child.stdout.take().context("stdout is piped")?);
    let stderr = read(child.stderr.take().context("stderr is piped")?);
    let began = Instant::now();
    let status = awaited(&mut child, began + trial.time_limit)?;
    let left = match status {
        Some(_) => mark.ended_after(GRACE),
        None => {
            mark.end();
            let _ = child.kill();
            Vec::new()
        }
    };
    let _ = child.wait();
    let how = status.map_or(How::TimedOut, How::Ended);
    let stderr = said(&stderr);
    let (stderr, verdict) = match stderr.rsplit_once(VERDICT) {
        Some((stderr, verdict)) => (stderr.to_owned(), verdict.to_owned()),
        None => (stderr, String::new()),
    };
    Ok(Ended {
        how,
        stdout: after_the_beginning(said(&stdout)),
        stderr,
        verdict,
        left,
        expected: trial.expected.clone(),
        read: trial.read.clone(),
        time_limit: trial.time_limit,
    })
}

fn command(own: &std::path::Path, test: &str, mark: &Mark) -> Command {
    let mut command = Command::new(own);
    command
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(MARK, mark.value())
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for name in ["RUST_BACKTRACE", "RUST_LIB_BACKTRACE", "PYTHONUNBUFFERED"] {
        command.env_remove(name);
    }
    command
}

fn feed(child: &mut Child, bytes: Vec<u8>) {
    if let Some(mut stdin) = child.stdin.take() {
        // It may well end before it has read it all.
        thread::spawn(move || stdin.write_all(&bytes));
    }
}

/// Reads on a thread of its own, piece by piece: what has come is there even
/// if somebody holds the pipe.
fn read(mut stream: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (tell, pieces) = mpsc::channel();
    thread::spawn(move || {
        let mut room = [0; 8192];
        while let Ok(count @ 1..) = stream.read(&mut room) {
            if tell.send(room[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    pieces
}

fn said(pieces: &Receiver<Vec<u8>>) -> String {
    let mut all = Vec::new();
    while let Ok(piece) = pieces.recv_timeout(LAST_WORDS) {
        all.extend(piece);
    }
    String::from_utf8_lossy(&all).into_owned()
}

fn after_the_beginning(stdout: String) -> String {
    match stdout.split_once(BEGINS) {
        Some((_, said)) => said.to_owned(),
        None => stdout,
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
