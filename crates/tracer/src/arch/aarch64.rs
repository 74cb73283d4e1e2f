//! AArch64. It has none of the older calls: `poll` is `ppoll` there, `open` is
//! `openat`.

use super::registers::Registers;

/// `AUDIT_ARCH_AARCH64`
pub(super) const AUDIT_ARCH: u32 = 0xc000_00b7;

/// Register 29 is the frame pointer and 30 the link register (AAPCS64).
pub(super) fn registers(user: &libc::user_regs_struct) -> Registers {
    Registers {
        pc: user.pc,
        sp: user.sp,
        fp: user.regs[29],
        lr: Some(user.regs[30]),
    }
}

/// The calls that a thread can sleep in, and those that the tracer wants to hear
/// of.
pub(super) const CALLS: &[(i64, &str)] = &[
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

/// Nothing: here the kernel has set an interrupted call back before it tells of the
/// signal, and a handler that does not ask for another try gets EINTR.
pub(super) fn begin_anew(_: &mut libc::user_regs_struct, _: impl Fn(i64) -> bool) -> bool {
    false
}
