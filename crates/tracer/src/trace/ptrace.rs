//! The requests of `ptrace(2)` that are used here, and waiting for what they bring.
//! `nix` has them too, but knows no real-time signals, and fails where one comes.

#![expect(unsafe_code, reason = "rustix has no ptrace, and no wait for threads")]

use crate::arch::{self, Registers};
use recording::Outcome;
use std::io;

/// A thread's number. A process has that of its first thread.
pub(crate) type Tid = i32;

/// A thread's state has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Stopped,
    Ended,
}

/// What a stop is for (`WSTOPSIG`, and the event above it).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    Fork,
    Vfork,
    Clone,
    Exec,
    Exit,
    /// The first of a thread, or one after a `SIGCONT`.
    Attached,
    /// The process was stopped by this signal.
    Group(i32),
    /// This signal is about to be delivered.
    Signal(i32),
    Other,
}

/// What `wait4(2)` says of a change.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Status {
    Stopped(Stop),
    /// The whole status, as an outcome is made of it.
    Ended(i32),
}

const OPTIONS: i32 = libc::PTRACE_O_TRACEFORK
    | libc::PTRACE_O_TRACEVFORK
    | libc::PTRACE_O_TRACECLONE
    | libc::PTRACE_O_TRACEEXEC
    | libc::PTRACE_O_TRACEEXIT
    | libc::PTRACE_O_EXITKILL;

/// Begins to trace a thread. What it starts is traced from its first instruction,
/// and all die with the tracer.
///
/// # Errors
/// The system does not allow it.
pub(crate) fn seize(tid: Tid) -> io::Result<()> {
    request(libc::PTRACE_SEIZE, tid, OPTIONS as usize)
}

/// Lets a stopped thread go on, with a signal or 0. One that was killed meanwhile
/// is not there any more, and its end will be told.
pub(crate) fn go_on(tid: Tid, signal: i32) {
    let _ = request(libc::PTRACE_CONT, tid, signal as usize);
}

/// Leaves a thread in the stop of its process, and has a signal that ends it told.
pub(crate) fn listen(tid: Tid) {
    let _ = request(libc::PTRACE_LISTEN, tid, 0);
}

/// Has a thread stop before it goes on in its program.
///
/// # Errors
/// It is not there any more, or is not traced.
pub(crate) fn interrupt(tid: Tid) -> io::Result<()> {
    request(libc::PTRACE_INTERRUPT, tid, 0)
}

/// Traces a stopped thread no longer.
pub(crate) fn let_go(tid: Tid) {
    let _ = request(libc::PTRACE_DETACH, tid, 0);
}

/// Whom the stop of a thread tells of: the child of its fork. None of a thread that was
/// killed in that stop: by now it may be in the one before its exit, whose message is a
/// status.
pub(crate) fn started(tid: Tid) -> Option<Tid> {
    let child = message(tid)?;
    let event = signal_info(tid)?.si_code >> 8;
    let starts = [
        libc::PTRACE_EVENT_FORK,
        libc::PTRACE_EVENT_VFORK,
        libc::PTRACE_EVENT_CLONE,
    ];
    starts.contains(&event).then_some(child as Tid)
}

/// The status with which a thread ends that is in the stop before its exit.
pub(crate) fn exit_status(tid: Tid) -> Option<i32> {
    message(tid).map(|status| status as i32)
}

fn message(tid: Tid) -> Option<u64> {
    let mut message: libc::c_ulong = 0;
    let at = &raw mut message;
    request(libc::PTRACE_GETEVENTMSG, tid, at as usize).ok()?;
    Some(message)
}

/// Where a stopped thread is; none if it is not there any more.
pub(crate) fn registers(tid: Tid) -> Option<Registers> {
    all_registers(tid).map(|user| Registers::from(&user))
}

/// Has the call that a signal has interrupted begin anew, if it `is_one` of those:
/// whether it is.
pub(crate) fn begin_anew(tid: Tid, is_one: impl Fn(i64) -> bool) -> bool {
    let Some(mut user) = all_registers(tid) else {
        return false;
    };
    let begins = arch::begin_anew(&mut user, is_one);
    if begins {
        // A thread that was killed meanwhile has no need of it.
        let _ = exchange(libc::PTRACE_SETREGSET, tid, &mut user);
    }
    begins
}

fn all_registers(tid: Tid) -> Option<libc::user_regs_struct> {
    // SAFETY: it is plain memory, for which zeros are a value.
    let mut user: libc::user_regs_struct = unsafe { std::mem::zeroed() };
    exchange(libc::PTRACE_GETREGSET, tid, &mut user).ok()?;
    Some(user)
}

fn exchange(request: libc::c_uint, tid: Tid, user: &mut libc::user_regs_struct) -> io::Result<()> {
    let mut between = libc::iovec {
        iov_base: (&raw mut *user).cast(),
        iov_len: size_of_val(user),
    };
    let which = libc::NT_PRSTATUS as usize;
    let at = &raw mut between;
    request_of(request, tid, which, at as usize)
}

/// Who has sent the signal for which a thread is stopped; none if it was the
/// kernel.
pub(crate) fn sender(tid: Tid) -> Option<Tid> {
    let info = signal_info(tid)?;
    // SAFETY: a signal that a process has sent has the process's number
    // (`sigaction(2)`: SI_USER, SI_QUEUE, SI_TKILL, none of them above 0).
    (info.si_code <= 0).then(|| unsafe { info.si_pid() })
}

/// Of the signal for which a thread is stopped; its code says which event that is, if it
/// is none that somebody has sent.
fn signal_info(tid: Tid) -> Option<libc::siginfo_t> {
    // SAFETY: it is plain memory, for which zeros are a value.
    let mut info: libc::siginfo_t = unsafe { std::mem::zeroed() };
    let at = &raw mut info;
    request(libc::PTRACE_GETSIGINFO, tid, at as usize).ok()?;
    Some(info)
}

fn request(request: libc::c_uint, tid: Tid, data: usize) -> io::Result<()> {
    request_of(request, tid, 0, data)
}

fn request_of(request: libc::c_uint, tid: Tid, address: usize, data: usize) -> io::Result<()> {
    // SAFETY: the requests above change nothing of this process but what `data`
    // points to, which is as large as each of them fills.
    match unsafe { libc::ptrace(request, tid, address, data) } {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}

/// The next thread whose state has changed, which it stays until [`take`]. None if
/// there is none now.
///
/// # Errors
/// The system cannot wait.
pub(crate) fn next_change() -> io::Result<Option<(Tid, Change)>> {
    // SAFETY: it is plain memory, for which zeros are a value.
    let mut info: libc::siginfo_t = unsafe { std::mem::zeroed() };
    let flags = libc::WEXITED | libc::WSTOPPED | libc::WNOHANG | libc::WNOWAIT | libc::__WALL;
    // SAFETY: it writes one `siginfo_t`.
    if unsafe { libc::waitid(libc::P_ALL, 0, &mut info, flags) } == -1 {
        let error = io::Error::last_os_error();
        return match error.raw_os_error() {
            Some(libc::ECHILD | libc::EINTR) => Ok(None),
            _ => Err(error),
        };
    }
    // SAFETY: waitid has filled in a child's number, or left zeros.
    let tid = unsafe { info.si_pid() };
    let change = match info.si_code {
        libc::CLD_EXITED | libc::CLD_KILLED | libc::CLD_DUMPED => Change::Ended,
        _ => Change::Stopped,
    };
    Ok((tid != 0).then_some((tid, change)))
}

/// Takes a thread's change. The parent of a process that has ended learns of that
/// now.
pub(crate) fn take(tid: Tid) -> Option<Status> {
    let mut status = 0;
    let flags = libc::__WALL | libc::WNOHANG | libc::WUNTRACED;
    // SAFETY: it writes one int.
    let taken = unsafe { libc::wait4(tid, &mut status, flags, std::ptr::null_mut()) };
    (taken == tid).then(|| match libc::WIFSTOPPED(status) {
        true => Status::Stopped(stop(status)),
        false => Status::Ended(status),
    })
}

/// How it ended, by what `wait(2)` says.
pub(crate) fn outcome(status: i32) -> Outcome {
    match libc::WIFEXITED(status) {
        true => Outcome::Code(libc::WEXITSTATUS(status)),
        false => Outcome::Signal(libc::WTERMSIG(status)),
    }
}

fn stop(status: i32) -> Stop {
    let signal = libc::WSTOPSIG(status);
    match status >> 16 {
        0 => Stop::Signal(signal),
        libc::PTRACE_EVENT_FORK => Stop::Fork,
        libc::PTRACE_EVENT_VFORK => Stop::Vfork,
        libc::PTRACE_EVENT_CLONE => Stop::Clone,
        libc::PTRACE_EVENT_EXEC => Stop::Exec,
        libc::PTRACE_EVENT_EXIT => Stop::Exit,
        libc::PTRACE_EVENT_STOP if signal == libc::SIGTRAP => Stop::Attached,
        libc::PTRACE_EVENT_STOP => Stop::Group(signal),
        _ => Stop::Other,
    }
}
