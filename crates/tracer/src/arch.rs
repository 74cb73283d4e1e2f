//! What differs between processors: the numbers of system calls, and where a
//! thread's registers are.

#[cfg(target_arch = "aarch64")]
mod aarch64;
mod registers;
#[cfg(target_arch = "x86_64")]
mod x86_64;

#[cfg(target_arch = "aarch64")]
use aarch64 as here;
#[cfg(target_arch = "x86_64")]
use x86_64 as here;

pub use registers::Registers;

/// The processor's number in what a seccomp filter is given (`AUDIT_ARCH_…` of
/// `linux/audit.h`).
pub const AUDIT_ARCH: u32 = here::AUDIT_ARCH;

/// The calls that a thread can sleep in, and those that the tracer wants to hear
/// of, as all processors have them.
const COMMON_CALLS: &[(i64, &str)] = &[
    (libc::SYS_accept, "accept"),
    (libc::SYS_accept4, "accept4"),
    (libc::SYS_clock_nanosleep, "clock_nanosleep"),
    (libc::SYS_clone, "clone"),
    (libc::SYS_clone3, "clone3"),
    (libc::SYS_close, "close"),
    (libc::SYS_close_range, "close_range"),
    (libc::SYS_connect, "connect"),
    (libc::SYS_dup, "dup"),
    (libc::SYS_dup3, "dup3"),
    (libc::SYS_epoll_pwait, "epoll_pwait"),
    (libc::SYS_epoll_pwait2, "epoll_pwait2"),
    (libc::SYS_execve, "execve"),
    (libc::SYS_execveat, "execveat"),
    (libc::SYS_fcntl, "fcntl"),
    (libc::SYS_flock, "flock"),
    (libc::SYS_futex, "futex"),
    (libc::SYS_kill, "kill"),
    (libc::SYS_nanosleep, "nanosleep"),
    (libc::SYS_openat, "openat"),
    (libc::SYS_openat2, "openat2"),
    (libc::SYS_pidfd_send_signal, "pidfd_send_signal"),
    (libc::SYS_ppoll, "ppoll"),
    (libc::SYS_prctl, "prctl"),
    (libc::SYS_preadv, "preadv"),
    (libc::SYS_pselect6, "pselect6"),
    (libc::SYS_pwritev, "pwritev"),
    (libc::SYS_read, "read"),
    (libc::SYS_readv, "readv"),
    (libc::SYS_recvfrom, "recvfrom"),
    (libc::SYS_recvmmsg, "recvmmsg"),
    (libc::SYS_recvmsg, "recvmsg"),
    (libc::SYS_restart_syscall, "restart_syscall"),
    (libc::SYS_rt_sigaction, "rt_sigaction"),
    (libc::SYS_rt_sigsuspend, "rt_sigsuspend"),
    (libc::SYS_rt_sigtimedwait, "rt_sigtimedwait"),
    (libc::SYS_sendfile, "sendfile"),
    (libc::SYS_sendmmsg, "sendmmsg"),
    (libc::SYS_sendmsg, "sendmsg"),
    (libc::SYS_sendto, "sendto"),
    (libc::SYS_setitimer, "setitimer"),
    (libc::SYS_splice, "splice"),
    (libc::SYS_tee, "tee"),
    (libc::SYS_tgkill, "tgkill"),
    (libc::SYS_timer_settime, "timer_settime"),
    (libc::SYS_tkill, "tkill"),
    (libc::SYS_vmsplice, "vmsplice"),
    (libc::SYS_wait4, "wait4"),
    (libc::SYS_waitid, "waitid"),
    (libc::SYS_write, "write"),
    (libc::SYS_writev, "writev"),
];

fn calls() -> impl Iterator<Item = &'static (i64, &'static str)> {
    COMMON_CALLS.iter().chain(here::OWN_CALLS)
}

impl From<&libc::user_regs_struct> for Registers {
    /// From what `PTRACE_GETREGSET` gives.
    fn from(user: &libc::user_regs_struct) -> Registers {
        here::registers(user)
    }
}

/// Has a call that a signal has interrupted begin anew after the handler, if it
/// `is_one` of those by number. Whether the registers were changed.
pub(crate) fn begin_anew(user: &mut libc::user_regs_struct, is_one: impl Fn(i64) -> bool) -> bool {
    here::begin_anew(user, is_one)
}

/// The name of a system call that we know: `read`.
pub fn name(number: i64) -> Option<&'static str> {
    let known = calls().find(|(it, _)| *it == number);
    known.map(|(_, name)| *name)
}

/// The number of a system call; none if this processor has no such call.
pub fn number(name: &str) -> Option<i64> {
    let known = calls().find(|(_, it)| *it == name);
    known.map(|(number, _)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_call_has_a_number_and_a_name() {
        for (at, name_of_it) in calls() {
            assert_eq!(name(*at), Some(*name_of_it));
            assert_eq!(number(name_of_it), Some(*at));
        }
        assert_eq!(number("read"), Some(libc::SYS_read));
        assert_eq!(name(-1), None);
    }

    #[test]
    fn no_number_stands_there_twice() {
        let numbers: BTreeSet<i64> = calls().map(|(number, _)| *number).collect();
        assert_eq!(numbers.len(), calls().count());
    }
}
