//! The recorder of chapter 6 at work, watched from outside.

use crate::book;
use crate::executable;
use crate::processes::{self, only_child, peak_memory};
use anyhow::{Context, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};
use std::{env, fs, thread};
use tempfile::TempDir;

/// How long nothing may happen before a test gives up. Not a verdict on
/// speed: a busy machine needs a second where this allows a minute.
const HUNG: Duration = Duration::from_secs(60);

/// A recorder that was not started yet, in a folder of its own.
pub struct Recorder {
    command: Command,
    folder: TempDir,
}

/// A recorder that runs. Dropped, it is killed.
pub struct Recording {
    child: Child,
    folder: TempDir,
    lines: Receiver<String>,
    heard: String,
}

/// A recorder that has ended.
pub struct Ended {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
    folder: TempDir,
}

impl Recorder {
    /// `chapter6 record --output voice.wav` with these arguments too, stdin
    /// empty, and no sound server but those that a test asks for.
    ///
    /// # Errors
    /// Its folder cannot be made.
    pub fn new<I>(arguments: I) -> anyhow::Result<Recorder>
    where
        I: IntoIterator,
        I::Item: AsRef<OsStr>,
    {
        let mut recorder = Recorder::bare()?;
        recorder
            .command
            .args(["--output", "voice.wav"])
            .args(arguments);
        Ok(recorder)
    }

    /// `chapter6 record`, and no more.
    ///
    /// # Errors
    /// Its folder cannot be made.
    pub fn bare() -> anyhow::Result<Recorder> {
        let folder = TempDir::with_prefix("recorder-")?;
        let mut command = Command::new(book::chapters().binary("chapter6")?);
        command
            .arg("record")
            .current_dir(folder.path())
            .env("PULSE_SERVER", "unix:/nonexistent")
            .env_remove("RUST_BACKTRACE")
            .stdin(Stdio::null());
        Ok(Recorder { command, folder })
    }

    /// Changes the command, as [`Command`]'s own methods do.
    pub fn with(mut self, change: impl FnOnce(&mut Command)) -> Self {
        change(&mut self.command);
        self
    }

    /// Puts the command behind another, which is to start it.
    pub fn behind(mut self, first: &[&str]) -> Self {
        let mut outer = Command::new(first[0]);
        outer.args(&first[1..]);
        outer
            .arg(self.command.get_program())
            .args(self.command.get_args());
        for (name, value) in self.command.get_envs() {
            match value {
                Some(value) => outer.env(name, value),
                None => outer.env_remove(name),
            };
        }
        outer.current_dir(self.folder.path()).stdin(Stdio::null());
        self.command = outer;
        self
    }

    /// Lets it see no program at all, so that there is no ffmpeg.
    pub fn without_ffmpeg(self) -> Self {
        let nowhere = self.folder.path().join("no-programs");
        self.with(|command| {
            command.env("PATH", nowhere);
        })
    }

    /// Lets it take a shell script for ffmpeg.
    ///
    /// # Errors
    /// The script cannot be written.
    pub fn with_ffmpeg(self, script: &str) -> anyhow::Result<Self> {
        let programs = self.folder.path().join("programs");
        fs::create_dir(&programs)?;
        let ffmpeg = programs.join("ffmpeg");
        executable::write(&ffmpeg, format!("#!/bin/sh\n{script}\n"))?;
        let path = env::var_os("PATH").unwrap_or_default();
        let path = [programs].into_iter().chain(env::split_paths(&path));
        let path = env::join_paths(path)?;
        Ok(self.with(|command| {
            command.env("PATH", path);
        }))
    }

    /// A file in its folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts it.
    ///
    /// # Errors
    /// It does not start.
    pub fn start(mut self) -> anyhow::Result<Recording> {
        let mut child = (self.command)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {:?}", self.command))?;
        let stderr = child.stderr.take().context("stderr is piped")?;
        let (say, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let _ = say.send(line + "\n");
            }
        });
        Ok(Recording {
            child,
            folder: self.folder,
            lines,
            heard: String::new(),
        })
    }

    /// Starts it, and waits until it ends.
    ///
    /// # Errors
    /// It does not start, or does not end.
    pub fn run(self) -> anyhow::Result<Ended> {
        self.start()?.end()
    }
}

impl Recording {
    /// Waits until it says something on stderr.
    ///
    /// # Errors
    /// It ends, or falls silent, without.
    pub fn says(&mut self, words: &str) -> anyhow::Result<()> {
        while !self.heard.contains(words) {
            match self.lines.recv_timeout(HUNG) {
                Ok(line) => self.heard += &line,
                Err(error) => bail!("waiting for {words:?}: {error}; heard {:?}", self.heard),
            }
        }
        Ok(())
    }

    /// Sends it a signal.
    ///
    /// # Errors
    /// It has ended.
    pub fn signal(&self, signal: Signal) -> anyhow::Result<()> {
        Ok(kill_process(self.pid()?, signal)?)
    }

    fn pid(&self) -> anyhow::Result<Pid> {
        Pid::from_raw(self.child.id() as i32).context("a process has an id")
    }

    /// Says something to its stdin, which must be piped.
    ///
    /// # Errors
    /// It does not read.
    pub fn hears(&mut self, words: &str) -> anyhow::Result<()> {
        let stdin = self.child.stdin.as_mut().context("stdin is not piped")?;
        stdin.write_all(words.as_bytes())?;
        Ok(stdin.flush()?)
    }

    /// The source that it started.
    ///
    /// # Errors
    /// It has not exactly one child.
    pub fn source(&self) -> anyhow::Result<Source> {
        Ok(Source(only_child(self.child.id())?))
    }

    /// Stops listening to its stderr.
    pub fn turn_away(&mut self) {
        let (_, nothing) = channel();
        self.lines = nothing;
    }

    /// A file in its folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The most memory that it ever held, in KiB.
    ///
    /// # Errors
    /// There is no `/proc`.
    pub fn peak_memory(&self) -> anyhow::Result<u64> {
        peak_memory(self.child.id())
    }

    /// Waits until it ends.
    ///
    /// # Errors
    /// It does not: then it is killed.
    pub fn end(mut self) -> anyhow::Result<Ended> {
        loop {
            match self.lines.recv_timeout(HUNG) {
                Ok(line) => self.heard += &line,
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => bail!("it hangs; heard {:?}", self.heard),
            }
        }
        let mut stdout = String::new();
        let output = self.child.stdout.take().context("stdout is piped")?;
        BufReader::new(output).read_to_string(&mut stdout)?;
        let status = self.child.wait()?;
        let folder = std::mem::replace(&mut self.folder, TempDir::new()?);
        Ok(Ended {
            status,
            stdout,
            stderr: std::mem::take(&mut self.heard),
            folder,
        })
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Ended {
    /// Checks the exit status, and that stderr has these words.
    ///
    /// # Errors
    /// It is otherwise.
    pub fn expect(&self, code: i32, words: &str) -> anyhow::Result<()> {
        ensure!(
            self.status.code() == Some(code) && self.stderr.contains(words),
            "expected exit status {code} and {words:?}, got {}:\n{}{}",
            self.status,
            self.stdout,
            self.stderr
        );
        Ok(())
    }

    /// Checks that the report says so about the recording.
    ///
    /// # Errors
    /// It does not.
    pub fn reports(&self, what: &str, value: &str) -> anyhow::Result<()> {
        let line = format!("{what:<9} {value}");
        ensure!(
            self.stdout.lines().any(|said| said.starts_with(&line)),
            "expected {line:?} in the report:\n{}{}",
            self.stdout,
            self.stderr
        );
        Ok(())
    }

    /// Checks that it made no recording, and reports none.
    ///
    /// # Errors
    /// It did.
    pub fn left_nothing(&self) -> anyhow::Result<()> {
        ensure!(!self.wav().exists(), "it left a recording");
        ensure!(self.stdout.is_empty(), "it reports {}", self.stdout);
        Ok(())
    }

    /// A file in its folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The recording.
    pub fn wav(&self) -> PathBuf {
        self.file("voice.wav")
    }
}

/// A source that a recorder started: a process that is not our own child.
pub struct Source(u32);

impl Source {
    /// Kills it.
    ///
    /// # Errors
    /// It has ended.
    pub fn kill(&self) -> anyhow::Result<()> {
        let pid = Pid::from_raw(self.0 as i32).context("a process has an id")?;
        Ok(kill_process(pid, Signal::KILL)?)
    }

    /// Waits until it runs no more. Who is to reap it is not our business.
    ///
    /// # Errors
    /// It runs on.
    pub fn ends(&self) -> anyhow::Result<()> {
        let start = Instant::now();
        while runs(self.0) {
            ensure!(start.elapsed() < HUNG, "process {} stays behind", self.0);
            // Only its parent could be told, and that is gone.
            thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}

/// Whether a process is there, and no zombie.
fn runs(pid: u32) -> bool {
    let processes = processes::all().unwrap_or_default();
    processes.iter().any(|it| it.pid == pid && !it.is_zombie)
}

/// A pipe with a name, made for one line from a process that is not our child.
///
/// # Errors
/// There is no `mkfifo`, or a file of that name.
pub fn named_pipe(path: &Path) -> anyhow::Result<()> {
    let status = Command::new("mkfifo").arg(path).status();
    ensure!(
        status.context("starting mkfifo")?.success(),
        "mkfifo failed"
    );
    Ok(())
}
