//! The start of the supervisor, traced.

#![expect(unsafe_code, reason = "std cannot start what waits to be traced")]

use super::ptrace::{self, Tid};
use crate::calls;
use anyhow::Context;
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::process::{Pid, Signal, kill_process};
use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// How the start went.
pub(super) enum Started {
    /// It runs, and is traced.
    /// The socket leads to the program, until that is another program.
    Traced(Tid, UnixStream),
    /// The system does not allow that it is traced: it does not run.
    Refused,
}

/// Starts the supervisor with this socket as its stdin, and traces it from before
/// its first instruction. Must be called while this process has one thread.
///
/// # Errors
/// The system is out of processes or descriptors.
pub(super) fn start(supervisor: &OsStr, socket: &OwnedFd) -> anyhow::Result<Started> {
    let (wait, go) = io::pipe().context("making a pipe")?;
    let (ours, theirs) = UnixStream::pair().context("making a socket pair")?;
    let filter = calls::instructions();
    let length = [(filter.len() / calls::INSTRUCTION_BYTES) as u8];
    (&ours)
        .write_all(&length)
        .and_then(|()| (&ours).write_all(&filter))?;
    // SAFETY: there is one thread, so the child may do whatever this process may.
    match unsafe { libc::fork() } {
        -1 => Err(io::Error::last_os_error()).context("starting a process"),
        0 => {
            drop(go);
            let mut wait = wait;
            // The tracer has gone, or has been refused, if no byte comes.
            if matches!(wait.read(&mut [0]), Ok(1)) {
                let socket = socket.as_fd().try_clone_to_owned();
                become_supervisor(supervisor, socket, Some(&theirs));
            }
            std::process::exit(1)
        }
        // ANCHOR: seize
        child => {
            drop(wait);
            let mut go = go;
            if ptrace::seize(child).is_err() {
                end(child);
                return Ok(Started::Refused);
            }
            go.write_all(&[0]).context("starting the supervisor")?;
            Ok(Started::Traced(child, ours))
        } // ANCHOR_END: seize
    }
}

/// Becomes the supervisor; returns only if that fails, having said so where the
/// owner reads it.
pub(super) fn become_supervisor(
    supervisor: &OsStr,
    socket: io::Result<OwnedFd>,
    filter: Option<&UnixStream>,
) {
    let begin = || -> io::Result<io::Error> {
        let mut command = Command::new(supervisor);
        command.stdin(socket?);
        if let Some(filter) = filter {
            // The supervisor has the number, and closes it in the program.
            fcntl_setfd(filter, FdFlags::empty())?;
            command.arg(filter.as_raw_fd().to_string());
        }
        Ok(command.exec())
    };
    let (Ok(error) | Err(error)) = begin();
    eprintln!("starting {}: {error}", supervisor.display());
}

fn end(child: Tid) {
    if let Some(pid) = Pid::from_raw(child) {
        let _ = kill_process(pid, Signal::KILL);
        let _ = rustix::process::waitpid(Some(pid), rustix::process::WaitOptions::empty());
    }
}
