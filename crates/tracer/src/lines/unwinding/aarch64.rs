//! On aarch64 a function that calls another keeps a frame record: the frame
//! pointer of its caller, and where it returns to. Of a thread that sleeps neither
//! register is shown, and libc's call may have no record: then the nearest one on
//! the stack is taken, which is its caller's.

/// How far from the stack pointer a record is looked for, in bytes: further than
/// the frame of a function that sleeps.
const NEAR: u64 = 4096;

/// A frame record on the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Record {
    address: u64,
    frame_pointer: u64,
    link: u64,
}

/// The record nearest to the stack pointer that leads to another, and returns into
/// code as that does.
fn nearest(
    stack_pointer: u64,
    mut word: impl FnMut(u64) -> Option<u64>,
    is_code: impl Fn(u64) -> bool,
) -> Option<Record> {
    let mut record = |address: u64| {
        let frame_pointer = word(address)?;
        let link = word(address.checked_add(8)?)?;
        let above = frame_pointer > address && frame_pointer.is_multiple_of(16);
        (above && is_code(link)).then_some(Record {
            address,
            frame_pointer,
            link,
        })
    };
    (stack_pointer..stack_pointer.checked_add(NEAR)?)
        .step_by(16)
        .find_map(|address| record(address).filter(|it| record(it.frame_pointer).is_some()))
}

#[cfg(target_arch = "aarch64")]
pub(super) use native::{native, resume};

#[cfg(target_arch = "aarch64")]
mod native {
    use super::super::tables::{Cache, Tables, UNKNOWN};
    use super::nearest;
    use crate::lines::innermost::Innermost;
    use crate::lines::memory::Memory;
    use framehop::FrameAddress;
    use framehop::aarch64::UnwindRegsAarch64;

    pub(in super::super) fn native(innermost: Innermost) -> UnwindRegsAarch64 {
        let Innermost { sp, fp, lr, .. } = innermost;
        UnwindRegsAarch64::new(lr.unwrap_or(UNKNOWN), sp, fp.unwrap_or(UNKNOWN))
    }

    /// Leaves a frame that could not be left because its registers are not known,
    /// and the one that called it; where that was called from.
    pub(in super::super) fn resume(
        tables: &Tables,
        _: FrameAddress,
        registers: &mut UnwindRegsAarch64,
        memory: &mut Memory,
        _: &mut Cache,
    ) -> Option<u64> {
        if registers.fp() != UNKNOWN {
            return None;
        }
        let record = nearest(
            registers.sp(),
            |address| memory.word(address),
            |address| tables.mapped(address).is_some(),
        )?;
        registers.set_sp(record.address + 16);
        registers.set_fp(record.frame_pointer);
        registers.set_lr(record.link);
        Some(record.link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words from address 0x100 on.
    fn nearest_of(stack: &[u64]) -> Option<Record> {
        let word = |address: u64| {
            let at = usize::try_from(address.checked_sub(0x100)? / 8).ok()?;
            stack.get(at).copied()
        };
        nearest(0x100, word, |address| address >= 0xc0de)
    }

    #[test]
    fn variables_are_passed_over() {
        let stack = [1, 2, 0x130, 0xc0de1, 3, 4, 0x150, 0xc0de2, 0, 0, 0, 0];
        let record = Record {
            address: 0x110,
            frame_pointer: 0x130,
            link: 0xc0de1,
        };
        assert_eq!(nearest_of(&stack), Some(record));
    }

    #[test]
    fn what_leads_to_no_other_record_is_none() {
        let stack = [0x120, 0xc0de1, 3, 4, 0, 0, 0, 0];
        assert_eq!(nearest_of(&stack), None);
    }
}
