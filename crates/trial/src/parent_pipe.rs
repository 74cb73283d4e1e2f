//! The pipe by which a trial's process notices that its test has ended. Ctrl-C
//! reaches the test alone: the trial is in a process group of its own.

use anyhow::Context;
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::process::{Signal, getpgrp, getpid, kill_process_group};
use std::env;
use std::io::{self, PipeReader, PipeWriter, Read};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};
use std::process::Command;
use std::thread;

/// The variable that tells the trial the number of its read end.
const READ_END_VARIABLE: &str = "TRIAL_PARENT_PIPE";

/// A pipe that nobody writes to. The trial reads its end of file when the test,
/// which holds the only write end, has ended.
pub(crate) struct ParentPipe {
    write_end: PipeWriter,
    read_end: PipeReader,
}

impl ParentPipe {
    pub(crate) fn new() -> anyhow::Result<ParentPipe> {
        let (read_end, write_end) = io::pipe().context("making a pipe")?;
        // The trial inherits this end alone.
        fcntl_setfd(&read_end, FdFlags::empty()).context("handing a pipe down")?;
        Ok(ParentPipe {
            write_end,
            read_end,
        })
    }

    /// Tells the trial which of its descriptors the read end is.
    pub(crate) fn pass_to(&self, command: &mut Command) {
        command.env(READ_END_VARIABLE, self.read_end.as_raw_fd().to_string());
    }

    /// Closes the test's copy of the read end. Dropping the write end ends the
    /// trial.
    pub(crate) fn into_write_end(self) -> PipeWriter {
        self.write_end
    }
}

/// In the trial: kills its whole process group when the test has ended.
#[expect(unsafe_code, reason = "a descriptor that only its number names")]
pub(crate) fn die_with_parent() {
    let number = env::var(READ_END_VARIABLE)
        .ok()
        .and_then(|it| it.parse::<RawFd>().ok());
    let Some(number) = number.filter(|number| *number > 2) else {
        return;
    };
    // SAFETY: the test has opened it for this process, and nobody here has
    // taken it: this is called once, before any code of the reader's.
    let read_end = unsafe { OwnedFd::from_raw_fd(number) };
    let _ = fcntl_setfd(&read_end, FdFlags::CLOEXEC);
    thread::spawn(move || {
        let _ = PipeReader::from(read_end).read(&mut [0]);
        // A group that this process leads has no code but the trial's in it.
        if getpgrp() == getpid() {
            let _ = kill_process_group(getpgrp(), Signal::KILL);
        }
    });
}
