//! x86-64.

use super::registers::Registers;

/// `AUDIT_ARCH_X86_64`
pub(super) const AUDIT_ARCH: u32 = 0xc000_003e;

pub(super) fn registers(user: &libc::user_regs_struct) -> Registers {
    Registers {
        pc: user.rip,
        sp: user.rsp,
        fp: user.rbp,
        lr: None,
    }
}

/// The calls that a thread can sleep in, and those that the tracer wants to hear
/// of.
pub(super) const CALLS: &[(i64, &str)] = &[
    (libc::SYS_accept, "accept"),
    (libc::SYS_accept4, "accept4"),
    (libc::SYS_alarm, "alarm"),
    (libc::SYS_clock_nanosleep, "clock_nanosleep"),
    (libc::SYS_clone, "clone"),
    (libc::SYS_clone3, "clone3"),
    (libc::SYS_close, "close"),
    (libc::SYS_close_range, "close_range"),
    (libc::SYS_connect, "connect"),
    (libc::SYS_dup, "dup"),
    (libc::SYS_dup2, "dup2"),
    (libc::SYS_dup3, "dup3"),
    (libc::SYS_epoll_pwait, "epoll_pwait"),
    (libc::SYS_epoll_pwait2, "epoll_pwait2"),
    (libc::SYS_epoll_wait, "epoll_wait"),
    (libc::SYS_execve, "execve"),
    (libc::SYS_execveat, "execveat"),
    (libc::SYS_fcntl, "fcntl"),
    (libc::SYS_flock, "flock"),
    (libc::SYS_fork, "fork"),
    (libc::SYS_futex, "futex"),
    (libc::SYS_kill, "kill"),
    (libc::SYS_nanosleep, "nanosleep"),
    (libc::SYS_open, "open"),
    (libc::SYS_openat, "openat"),
    (libc::SYS_openat2, "openat2"),
    (libc::SYS_pause, "pause"),
    (libc::SYS_pidfd_send_signal, "pidfd_send_signal"),
    (libc::SYS_poll, "poll"),
    (libc::SYS_ppoll, "ppoll"),
    (libc::SYS_preadv, "preadv"),
    (libc::SYS_pselect6, "pselect6"),
    (libc::SYS_pwritev, "pwritev"),
    (libc::SYS_read, "read"),
    (libc::SYS_readv, "readv"),
    (libc::SYS_recvfrom, "recvfrom"),
    (libc::SYS_recvmmsg, "recvmmsg"),
    (libc::SYS_recvmsg, "recvmsg"),
    (libc::SYS_restart_syscall, "restart_syscall"),
    (libc::SYS_rt_sigsuspend, "rt_sigsuspend"),
    (libc::SYS_rt_sigtimedwait, "rt_sigtimedwait"),
    (libc::SYS_select, "select"),
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
    (libc::SYS_vfork, "vfork"),
    (libc::SYS_vmsplice, "vmsplice"),
    (libc::SYS_wait4, "wait4"),
    (libc::SYS_waitid, "waitid"),
    (libc::SYS_write, "write"),
    (libc::SYS_writev, "writev"),
];

/// What a call that a signal has interrupted has in the place of its answer, while
/// the signal is delivered (`include/linux/errno.h` in Linux): it begins anew only if
/// the handler asks for that, or in any case.
const ERESTARTSYS: i64 = 512;
const ERESTARTNOINTR: i64 = 513;

/// Has an interrupted call begin anew in any case, if it `is_one` of those by number.
/// Whether the registers were changed.
pub(super) fn begin_anew(user: &mut libc::user_regs_struct, is_one: impl Fn(i64) -> bool) -> bool {
    let interrupted = user.rax.cast_signed() == -ERESTARTSYS;
    let changed = interrupted && is_one(user.orig_rax.cast_signed());
    if changed {
        user.rax = (-ERESTARTNOINTR).cast_unsigned();
    }
    changed
}
