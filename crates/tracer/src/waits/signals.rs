//! Whom a signal might wake: a program's own function for it may do anything.

use crate::look::Process;

/// Signals, signal 1 in bit 0.
pub(super) const CHILD: u64 = bit(libc::SIGCHLD);
pub(super) const INTERRUPT: u64 = bit(libc::SIGINT);
pub(super) const TERMINATE: u64 = bit(libc::SIGTERM);

/// Those that a process brings upon itself while it does something, so that none
/// comes to one that sleeps; and two that glibc keeps for its threads.
const OWN: u64 = bit(libc::SIGSEGV)
    | bit(libc::SIGBUS)
    | bit(libc::SIGFPE)
    | bit(libc::SIGILL)
    | bit(libc::SIGTRAP)
    | bit(libc::SIGABRT)
    | bit(libc::SIGSYS)
    | bit(libc::SIGPIPE)
    | bit(libc::SIGXFSZ)
    | bit(libc::SIGXCPU)
    | bit(libc::SIGPROF)
    | bit(libc::SIGVTALRM)
    | bit(32)
    | bit(33);

const fn bit(signal: i32) -> u64 {
    1 << (signal - 1)
}

/// The signals from others for which a process has a function.
pub(super) fn handled(process: &Process) -> u64 {
    process.handled & !OWN
}

/// Whether it has a function for a signal that might come from anywhere at any
/// time: a clock's, a terminal's, another program's. An INT or a TERM asks it to
/// end, and comes from outside, or from one of the run that moves.
pub(super) fn may_be_woken_from_anywhere(process: &Process) -> bool {
    handled(process) & !(CHILD | INTERRUPT | TERMINATE) != 0
}
