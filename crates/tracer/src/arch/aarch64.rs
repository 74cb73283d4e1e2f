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

pub(super) const OWN_CALLS: &[(i64, &str)] = &[];

/// Nothing: here the kernel has set an interrupted call back before it tells of the
/// signal, and a handler that does not ask for another try gets EINTR.
pub(super) fn begin_anew(_: &mut libc::user_regs_struct, _: impl Fn(i64) -> bool) -> bool {
    false
}
