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

/// Older calls, in the place of which newer processors have one that can do more.
pub(super) const OWN_CALLS: &[(i64, &str)] = &[
    (libc::SYS_alarm, "alarm"),
    (libc::SYS_dup2, "dup2"),
    (libc::SYS_epoll_wait, "epoll_wait"),
    (libc::SYS_fork, "fork"),
    (libc::SYS_open, "open"),
    (libc::SYS_pause, "pause"),
    (libc::SYS_poll, "poll"),
    (libc::SYS_select, "select"),
    (libc::SYS_vfork, "vfork"),
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
