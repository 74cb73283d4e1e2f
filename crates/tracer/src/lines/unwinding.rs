//! The frames of a stack, one after the other, innermost first.

#[cfg(any(target_arch = "aarch64", test))]
mod aarch64;
mod tables;
#[cfg(target_arch = "x86_64")]
mod x86_64;

pub(super) use tables::{Cache, Tables};

#[cfg(target_arch = "aarch64")]
use aarch64 as architecture;
#[cfg(target_arch = "x86_64")]
use x86_64 as architecture;

use super::innermost::Innermost;
use super::memory::Memory;
use framehop::{FrameAddress, Unwinder};
use tables::UNKNOWN;

/// Deeper stacks than any listing has.
const FRAMES: usize = 512;

/// Asks for each frame's address: that of the next instruction, and of one
/// within each call above it. The first answer is the answer.
pub(super) fn first<T>(
    tables: &Tables,
    innermost: Innermost,
    memory: &mut Memory,
    cache: &mut Cache,
    mut ask: impl FnMut(u64) -> Option<T>,
) -> Option<T> {
    let mut frame = FrameAddress::from_instruction_pointer(innermost.pc);
    let mut registers = architecture::native(innermost);
    for _ in 0..FRAMES {
        if let Some(answer) = ask(frame.address_for_lookup()) {
            return Some(answer);
        }
        let mut word = |address| memory.word(address).ok_or(());
        let left = tables
            .unwinder
            .unwind_frame(frame, &mut registers, cache, &mut word);
        let caller = match left {
            Ok(caller) if caller != Some(UNKNOWN) => caller,
            _ => architecture::resume(tables, frame, &mut registers, memory, cache),
        };
        frame = FrameAddress::from_return_address(caller?)?;
    }
    None
}
