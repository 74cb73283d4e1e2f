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
    let known = here::CALLS.iter().find(|(it, _)| *it == number);
    known.map(|(_, name)| *name)
}

/// The number of a system call; none if this processor has no such call.
pub fn number(name: &str) -> Option<i64> {
    let known = here::CALLS.iter().find(|(_, it)| *it == name);
    known.map(|(number, _)| *number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_call_has_a_number_and_a_name() {
        for (at, name_of_it) in here::CALLS {
            assert_eq!(name(*at), Some(*name_of_it));
            assert_eq!(number(name_of_it), Some(*at));
        }
        assert_eq!(number("read"), Some(libc::SYS_read));
        assert_eq!(name(-1), None);
    }

    #[test]
    fn no_number_stands_there_twice() {
        let numbers: BTreeSet<i64> = here::CALLS.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers.len(), here::CALLS.len());
    }
}
