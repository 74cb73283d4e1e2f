//! A running source: the child, the thread that reads it, and its last words.

use super::queue::{Outlet, WhenFull, queue};
use super::samples::Pairing;
use anyhow::Context;
use duct::{Expression, Handle};
use rustix::process::{Pid, Signal, kill_process_group};
use std::io::{self, PipeReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use std::{fmt, thread};

/// What a read asks for. A Linux pipe holds no more unless asked to, pipe(7).
const READ: usize = 65_536;

/// How often who waits for samples should look up, to see if it was asked to
/// stop.
pub const TICK: Duration = Duration::from_millis(50);

/// How long a source may stay silent before we give it up. PulseAudio may need
/// two seconds for its first samples; a microphone that is switched off never
/// sends any.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long a source that was asked to stop may stay silent before it is
/// killed.
pub const GRACE: Duration = Duration::from_secs(3);

/// How long a source that has closed its stdout may take to exit.
const LEAVING: Duration = Duration::from_secs(3);

/// A source that was started. Dropped, it is killed.
pub struct Capture {
    handle: Handle,
    outlet: Outlet,
    first: Option<Vec<i16>>,
    words: Receiver<String>,
}

/// What happened next.
pub enum Next {
    Samples(Vec<i16>),
    /// Nothing, for as long as we were willing to wait.
    Quiet,
    /// The source has ended, and every sample was taken.
    Over,
}

/// How a source ended.
pub struct Ending {
    pub status: ExitStatus,
    /// The last that it said on stderr, on one line; empty if it said nothing.
    pub words: String,
}

impl Ending {
    /// Whether a source that ended by itself meant to. ffmpeg exits with 0 even
    /// if the sound server died; but then it says something.
    pub fn is_well(&self) -> bool {
        self.status.success() && self.words.is_empty()
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let words = match &*self.words {
            "" => "it said nothing",
            words => words,
        };
        write!(f, "{}; {words}", self.status)
    }
}

impl Capture {
    /// Starts a command that writes 16-bit little-endian mono samples to its
    /// stdout. On Linux it is killed when the *thread* that calls this ends
    /// (`PR_SET_PDEATHSIG`, prctl(2)): call it from one that stays.
    ///
    /// # Errors
    /// It cannot be started; [`io::ErrorKind::NotFound`] if it is not there.
    pub fn start(
        command: &Expression,
        when_full: WhenFull,
    ) -> io::Result<Self> {
        let (stdout, child_stdout) = io::pipe()?;
        let (stderr, child_stderr) = io::pipe()?;
        // The expression holds the writing ends: it must not outlive this
        // statement, or our own copy would keep end-of-file from us.
        let handle = command
            .stdin_null()
            .stdout_file(child_stdout)
            .stderr_file(child_stderr)
            .before_spawn(set_apart)
            .unchecked()
            .start()?;
        let (inlet, outlet) = queue(when_full);
        let (say, words) = channel();
        thread::spawn(move || read_samples(stdout, |chunk| inlet.put(chunk)));
        thread::spawn(move || say.send(last_words(stderr)));
        Ok(Capture {
            handle,
            outlet,
            first: None,
            words,
        })
    }

    /// Waits for the first samples, and keeps them for [`Capture::next`]. True
    /// if they came, false if the source ended without any, None if neither
    /// happened in time.
    pub fn begins(&mut self, patience: Duration) -> Option<bool> {
        match self.next(patience) {
            Next::Samples(chunk) => self.first = Some(chunk),
            Next::Quiet => return None,
            Next::Over => return Some(false),
        }
        Some(true)
    }

    /// Takes the next samples out of the queue.
    pub fn next(&mut self, patience: Duration) -> Next {
        if let Some(first) = self.first.take() {
            return Next::Samples(first);
        }
        match self.outlet.chunks.recv_timeout(patience) {
            Ok(chunk) => Next::Samples(chunk),
            Err(RecvTimeoutError::Timeout) => Next::Quiet,
            Err(RecvTimeoutError::Disconnected) => Next::Over,
        }
    }

    /// How many samples found no room in a queue that drops.
    pub fn dropped(&self) -> u64 {
        self.outlet.dropped()
    }

    /// Asks the source to stop. It may be blocked by a full pipe and not hear
    /// us: so go on reading until it is over.
    pub fn interrupt(&self) {
        self.signal(Signal::INT);
    }

    /// Ends the source. What it has not written is lost.
    pub fn kill(&self) {
        self.signal(Signal::KILL);
    }

    /// Signals the source's whole process group, since `ffmpeg` may be a
    /// script that started the real one. Its id is ours until we wait for it,
    /// and an error says that nobody is left there.
    fn signal(&self, signal: Signal) {
        if let Some(&pid) = self.handle.pids().first()
            && let Some(group) = Pid::from_raw(pid as i32)
        {
            let _ = kill_process_group(group, signal);
        }
    }

    /// Waits until the source has exited, which it does soon after it is over.
    ///
    /// # Errors
    /// The system could not tell us how it ended.
    pub fn end(self) -> anyhow::Result<Ending> {
        let waited = self.handle.wait_timeout(LEAVING);
        if waited.context("waiting for the source")?.is_none() {
            self.kill();
        }
        let status =
            self.handle.wait().context("waiting for the source")?.status;
        // Something that it started may hold stderr open: do not wait for that.
        let words = self.words.recv_timeout(Duration::from_secs(1));
        Ok(Ending {
            status,
            words: words.unwrap_or_default(),
        })
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        if let Ok(None) = self.handle.try_wait() {
            self.kill();
            let _ = self.handle.wait();
        }
    }
}

/// Gives a child a process group of its own, so that Ctrl-C in the terminal
/// reaches us alone and we can stop it in our own time; and lets it die with
/// us, even if it is silent and never meets the broken pipe.
#[allow(unsafe_code)]
fn set_apart(command: &mut Command) -> io::Result<()> {
    command.process_group(0);
    #[cfg(target_os = "linux")]
    {
        let parent = rustix::process::getpid();
        let die_with_us = move || {
            rustix::process::set_parent_process_death_signal(Some(
                Signal::KILL,
            ))?;
            if rustix::process::getppid() != Some(parent) {
                // We died before the line above, and it came too late.
                return Err(rustix::io::Errno::SRCH.into());
            }
            Ok(())
        };
        // SAFETY: between fork and exec only async-signal-safe things are
        // allowed. These are two system calls, and neither they nor the errors
        // allocate or lock.
        unsafe { command.pre_exec(die_with_us) };
    }
    Ok(())
}

/// Reads until the end of file, or until nobody takes the samples.
fn read_samples(mut stdout: PipeReader, take: impl Fn(Vec<i16>) -> bool) {
    let mut pairing = Pairing::default();
    let mut bytes = vec![0; READ];
    loop {
        match stdout.read(&mut bytes) {
            Ok(0) => return,
            Ok(count) => {
                let samples = pairing.samples(&bytes[..count]);
                if !samples.is_empty() && !take(samples) {
                    return;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // A pipe that we hold cannot fail in another way, read(2).
            Err(_) => return,
        }
    }
}

/// Reads stderr to its end, since a source that nobody listens to would block
/// (chapter 2), and keeps the last lines.
fn last_words(mut stderr: PipeReader) -> String {
    const KEPT: usize = 4096;
    let mut tail = Vec::new();
    let mut bytes = [0; 1024];
    while let Ok(count @ 1..) = stderr.read(&mut bytes) {
        tail.extend_from_slice(&bytes[..count]);
        tail.drain(..tail.len().saturating_sub(KEPT));
    }
    on_one_line(&String::from_utf8_lossy(&tail))
}

/// The last three lines, without the libraries' own and without ffmpeg's
/// `[alsa @ 0x55e7a5e7b8c0]`.
fn on_one_line(words: &str) -> String {
    let lines = words.lines().map(|line| match line.split_once("] ") {
        Some((part, rest))
            if part.starts_with('[') && part.contains(" @ 0x") =>
        {
            rest
        }
        _ => line,
    });
    let lines = lines.filter(|line| {
        !line.trim().is_empty() && !line.starts_with("ALSA lib")
    });
    let mut lines: Vec<&str> = lines.collect();
    lines.dedup();
    lines.split_off(lines.len().saturating_sub(3)).join("; ")
}
