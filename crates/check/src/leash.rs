//! What ends a trial when its test is ended: Ctrl-C reaches the test, and the
//! trial is in a process group of its own.

use anyhow::Context;
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::process::{Signal, getpgrp, getpid, kill_process_group};
use std::env;
use std::io::{self, PipeReader, PipeWriter, Read};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::process::Command;
use std::thread;

/// The variable that names the descriptor.
const LEASH: &str = "CHECK_LEASH";

/// A pipe that nobody writes to: its end is the test's.
pub(crate) struct Leash {
    hand: PipeWriter,
    collar: PipeReader,
}

impl Leash {
    pub(crate) fn new() -> anyhow::Result<Leash> {
        let (collar, hand) = io::pipe().context("making a pipe")?;
        // The trial inherits this end alone.
        fcntl_setfd(&collar, FdFlags::empty()).context("handing a pipe down")?;
        Ok(Leash { hand, collar })
    }

    pub(crate) fn give_to(&self, command: &mut Command) {
        command.env(LEASH, self.collar.as_raw_fd().to_string());
    }

    /// Dropped, it ends the trial.
    pub(crate) fn held(self) -> PipeWriter {
        self.hand
    }
}

/// In the trial: ends all of its group when the test has gone.
#[expect(unsafe_code, reason = "a descriptor that only its number names")]
pub(crate) fn wear() {
    let number = env::var(LEASH).ok().and_then(|it| it.parse::<RawFd>().ok());
    let Some(number) = number.filter(|number| *number > 2) else {
        return;
    };
    // SAFETY: the test has opened it for this process, and nobody here has
    // taken it: this is called once, before any code of the reader's.
    let collar = unsafe { OwnedFd::from_raw_fd(number) };
    let _ = fcntl_setfd(&collar, FdFlags::CLOEXEC);
    thread::spawn(move || {
        let _ = PipeReader::from(collar).read(&mut [0]);
        // Only in a group of its own, which no other code is in.
        if getpgrp() == getpid() {
            let _ = kill_process_group(getpgrp(), Signal::KILL);
        }
    });
}
