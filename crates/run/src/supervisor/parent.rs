//! The process that started this one: an owner, or a tracer.

use super::event::SupervisorEvent;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::retry_on_intr;
use rustix::process::{PidfdFlags, getppid, pidfd_open};
use std::os::fd::OwnedFd;
use std::sync::mpsc::Sender;
use std::thread;

/// The parent, as a descriptor that no other process can be mistaken for. None if
/// it has gone already: then so has its socket, or the tracer.
pub(super) fn parent() -> Option<OwnedFd> {
    pidfd_open(getppid()?, PidfdFlags::empty()).ok()
}

/// Has the run end when the parent does. That an owner has gone shows at its
/// socket too; but a tracer that was killed leaves a socket to a living owner, and
/// processes that nobody traces any more.
pub(super) fn follow(parent: Option<OwnedFd>, tell: Sender<SupervisorEvent>) {
    let Some(parent) = parent else { return };
    thread::spawn(move || {
        let mut ended = [PollFd::new(&parent, PollFlags::IN)];
        if retry_on_intr(|| poll(&mut ended, None)).is_ok() {
            let _ = tell.send(SupervisorEvent::End);
        }
    });
}
