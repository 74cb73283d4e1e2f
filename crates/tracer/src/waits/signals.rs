//! Whom a signal might wake: a program's own function for it may do anything.

use crate::look::Process;

/// Signals, signal 1 in bit 0.
pub(super) const CHILD: u64 = bit(libc::SIGCHLD);
pub(super) const INTERRUPT: u64 = bit(libc::SIGINT);

/// Those that ask a program to end, but for the one that is typed.
const ENDING: u64 = bit(libc::SIGHUP) | bit(libc::SIGQUIT) | bit(libc::SIGTERM);

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

/// Whether it has a function for a signal that may come from anywhere at any time:
/// a clock's, a terminal's, another program's own. One that asks it to end comes
/// from outside, or from one of the run that moves.
pub(super) fn may_be_woken_from_anywhere(process: &Process) -> bool {
    // Who catches all that end a program, as sort does, means to clean up.
    let cleans_up = process.handled & CLOCKS == CLOCKS;
    let cleaned_up = if cleans_up { ANY_CLOCK } else { 0 };
    handled(process) & !(CHILD | INTERRUPT | ENDING | cleaned_up) != 0
}

/// Clocks that count a processor's time, which a sleeper does not take.
const CLOCKS: u64 =
    bit(libc::SIGPROF) | bit(libc::SIGVTALRM) | bit(libc::SIGXCPU) | bit(libc::SIGXFSZ);
const ANY_CLOCK: u64 = bit(libc::SIGALRM) | bit(libc::SIGIO);

/// Whether a function for a signal may release what a thread waits for in the
/// process's own memory. Each Python has a function for INT; and who `is_held_up`
/// in a write does not wait to be told to end.
pub(super) fn may_release(process: &Process, is_held_up: bool) -> bool {
    let no_doubt = match is_held_up {
        true => CHILD | INTERRUPT | ENDING,
        false => CHILD | as_ever(process),
    };
    handled(process) & !no_doubt != 0
}

/// Those that one who moves may send to another, which then does what it likes.
pub(super) fn may_be_told(process: &Process) -> bool {
    handled(process) & (INTERRUPT | ENDING) & !as_ever(process) != 0
}

fn as_ever(process: &Process) -> u64 {
    if process.is_python { INTERRUPT } else { 0 }
}
