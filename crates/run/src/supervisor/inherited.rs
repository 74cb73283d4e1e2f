//! What a supervisor has inherited from its owner, put right before its program
//! inherits it.

use anyhow::Context;
use rustix::process::{Resource, getrlimit, setrlimit, setsid};
use rustix::stdio::{dup2_stderr, dup2_stdout};
use std::fs::{self, OpenOptions};
use std::io;
use std::os::fd::{AsFd, OwnedFd, RawFd};

/// Makes this process a parent as a program should have it: in a session without
/// a terminal, so that Ctrl-C reaches the owner alone; the parent of all orphans
/// among its descendants; and with nothing of the owner's to hand down.
///
/// # Errors
/// The system refuses.
pub(super) fn reset() -> anyhow::Result<()> {
    // This fails for the leader of a process group, which a shell may have made
    // of this process.
    let _ = setsid();
    #[cfg(target_os = "linux")]
    rustix::process::set_child_subreaper(Some(rustix::process::getpid()))
        .context("becoming a subreaper")?;
    default_signals();
    no_core_dumps().context("forgoing core dumps")?;
    hand_down_no_descriptor().context("closing inherited descriptors")
}

// ANCHOR: hand_over_streams
/// Takes the write ends of the program's streams from this process's stdout and
/// stderr, which keep nothing open from now on.
pub(super) fn hand_over_streams() -> anyhow::Result<[OwnedFd; 2]> {
    let streams = [
        io::stdout().as_fd().try_clone_to_owned()?,
        io::stderr().as_fd().try_clone_to_owned()?,
    ];
    let null = OpenOptions::new().write(true).open("/dev/null")?;
    dup2_stdout(&null)?;
    dup2_stderr(&null)?;
    Ok(streams)
}
// ANCHOR_END: hand_over_streams

/// A listing that aborts on purpose should not fill a disk, nor say
/// "(core dumped)" on some machines only. A limit of 1 byte also holds where the
/// kernel pipes the dump to a program; a limit of 0 does not (`core(5)`, and
/// `fs/coredump.c` in Linux).
fn no_core_dumps() -> io::Result<()> {
    let mut limit = getrlimit(Resource::Core);
    limit.current = Some(limit.maximum.map_or(1, |most| most.min(1)));
    Ok(setrlimit(Resource::Core, limit)?)
}

/// A program that is started by `nohup`, or by a shell in the background,
/// inherits signals that are ignored, and so would its children (`signal(7)`).
#[expect(
    unsafe_code,
    reason = "neither std nor rustix can set a signal's action"
)]
fn default_signals() {
    // SIGPIPE stays ignored here, where a broken pipe must be an error; std
    // sets it to its default in every child.
    for signal in (1..=64).filter(|signal| *signal != libc::SIGPIPE) {
        // SAFETY: the default action runs no code of ours. For a number that
        // is no signal, or one that cannot be set, the call fails and does
        // nothing.
        unsafe { libc::signal(signal, libc::SIG_DFL) };
    }
    // SAFETY: `sigemptyset` makes the zeroed set, which is plain memory, an
    // empty one, and `pthread_sigmask` only reads it.
    unsafe {
        let mut none = std::mem::zeroed();
        libc::sigemptyset(&mut none);
        libc::pthread_sigmask(libc::SIG_SETMASK, &none, std::ptr::null_mut());
    }
}

/// Marks every descriptor but the first three to be closed in the program. Those
/// that this process opens itself are marked by std.
#[expect(unsafe_code, reason = "descriptors without an owner in this process")]
fn hand_down_no_descriptor() -> io::Result<()> {
    for entry in fs::read_dir("/dev/fd")? {
        let name = entry?.file_name();
        let Some(descriptor) = name.to_str().and_then(|name| name.parse::<RawFd>().ok()) else {
            continue;
        };
        if descriptor > 2 {
            // SAFETY: this changes a flag and no memory; a number that is not
            // open any more makes it fail. No other thread opens any.
            unsafe { libc::fcntl(descriptor, libc::F_SETFD, libc::FD_CLOEXEC) };
        }
    }
    Ok(())
}
