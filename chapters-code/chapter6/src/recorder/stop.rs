//! The ways in which a reader ends a recording: Enter, Ctrl-C and the signals
//! that mean the same.

use anyhow::Context;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::process::getpgrp;
use rustix::termios::{QueueSelector, tcflush, tcgetpgrp};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use signal_hook::flag;
use std::fmt;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// Whether somebody asked us to stop, and how.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    signal: Arc<AtomicUsize>,
    enter: Arc<AtomicBool>,
}

/// How somebody asked us to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Enter,
    Signal(&'static str),
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Asked::Enter => write!(f, "Enter"),
            Asked::Signal(name) => write!(f, "{name}"),
        }
    }
}

/// The signals that ask us to stop. SIGHUP is a terminal that was closed.
const SIGNALS: [(i32, &str); 3] = [
    (SIGINT, "Ctrl-C (SIGINT)"),
    (SIGTERM, "SIGTERM"),
    (SIGHUP, "SIGHUP"),
];

impl Stop {
    /// Listens from now on to signals, and to stdin.
    ///
    /// # Errors
    /// The system refuses to tell us of a signal.
    pub fn listen() -> anyhow::Result<Self> {
        let stop = Stop::default();
        for (at, (signal, name)) in SIGNALS.iter().enumerate() {
            flag::register_usize(*signal, Arc::clone(&stop.signal), at + 1)
                .with_context(|| format!("listening for {name}"))?;
        }
        // A file over the limit (`ulimit -f`) kills by SIGXFSZ. Caught, it
        // lets the write fail, and we can say so (write(2), EFBIG).
        flag::register(SIGXFSZ, Arc::default())
            .context("listening for SIGXFSZ")?;
        if let Some(stdin) = stdin_that_may_say_a_line() {
            let enter = Arc::clone(&stop.enter);
            thread::spawn(move || {
                if a_line_comes(stdin) {
                    enter.store(true, Ordering::Relaxed);
                }
            });
        }
        Ok(stop)
    }

    /// How we were asked to stop, if we were.
    pub fn asked(&self) -> Option<Asked> {
        if let Some(at) = self.signal.load(Ordering::Relaxed).checked_sub(1) {
            return Some(Asked::Signal(SIGNALS[at].1));
        }
        let enter = self.enter.load(Ordering::Relaxed);
        enter.then_some(Asked::Enter)
    }
}

/// Stdin, if it is a terminal, a pipe or a socket. A file has all its lines
/// already, and they may be meant for another.
fn stdin_that_may_say_a_line() -> Option<File> {
    let stdin = io::stdin();
    let file = File::from(stdin.as_fd().try_clone_to_owned().ok()?);
    let kind = file.metadata().ok()?.file_type();
    if stdin.is_terminal() {
        forget_what_was_typed(&file);
        return Some(file);
    }
    (kind.is_fifo() || kind.is_socket()).then_some(file)
}

/// An Enter that was pressed while Cargo still compiled was not meant for us.
/// A job in the background leaves the terminal alone, tcflush(3).
fn forget_what_was_typed(terminal: &File) {
    if tcgetpgrp(terminal) == Ok(getpgrp()) {
        // A terminal that refuses keeps the line, and the line stops us.
        let _ = tcflush(terminal, QueueSelector::IFlush);
    }
}

/// Waits for the end of a line. False if stdin ends before: nobody is there
/// who could press Enter.
fn a_line_comes(mut stdin: File) -> bool {
    // One byte at a time: what comes after the line is not ours.
    let mut byte = [0];
    loop {
        wait_until_readable(&stdin);
        match stdin.read(&mut byte) {
            Ok(1) if byte == *b"\n" => return true,
            Ok(1) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            _ => return false,
        }
    }
}

/// A job in the background that reads its terminal is stopped by SIGTTIN
/// (termios(3)), and what is typed there is meant for the shell. So we read
/// only when there is something to read, and we are in the foreground.
fn wait_until_readable(stdin: &File) {
    loop {
        // Another error, as of a system that cannot poll terminals, is left
        // for `read` to meet.
        let ready = poll(&mut [PollFd::new(stdin, PollFlags::IN)], None);
        if ready == Err(Errno::INTR) {
            continue;
        }
        match stdin.is_terminal().then(|| tcgetpgrp(stdin)) {
            Some(Ok(foreground)) if foreground != getpgrp() => {
                thread::sleep(Duration::from_millis(200));
            }
            _ => return,
        }
    }
}
