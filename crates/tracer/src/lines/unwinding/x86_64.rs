//! On x86-64, Rust's std and libc can be left by the stack pointer alone, but for
//! those of std's functions that have a frame pointer: and of a thread that
//! sleeps, `rbp` is not shown. Such a function keeps a fixed distance between the
//! two, which its first instructions say.

use super::tables::{Cache, Mapped, Tables, UNKNOWN};
use crate::lines::binary::Binary;
use crate::lines::innermost::Innermost;
use crate::lines::memory::Memory;
use addr2line::gimli::{
    BaseAddresses, CfaRule, EhFrame, EhFrameHdr, UnwindContext, UnwindSection, X86_64,
};
use framehop::x86_64::UnwindRegsX86_64;
use framehop::{FrameAddress, Unwinder};

pub(super) fn native(Innermost { pc, sp, fp, .. }: Innermost) -> UnwindRegsX86_64 {
    UnwindRegsX86_64::new(pc, sp, fp.unwrap_or(UNKNOWN))
}

/// Leaves a frame that could not be left because the frame pointer is not known;
/// where it was called from.
pub(super) fn resume(
    tables: &Tables,
    frame: FrameAddress,
    registers: &mut UnwindRegsX86_64,
    memory: &mut Memory,
    cache: &mut Cache,
) -> Option<u64> {
    if registers.bp() != UNKNOWN {
        return None;
    }
    let call = frame.address_for_lookup();
    let mapped = tables.mapped(call)?;
    let mut known = mapped.above.borrow_mut();
    let above = *known
        .entry(call)
        .or_insert_with(|| frame_pointer_above_stack_pointer(mapped, call));
    registers.set_bp(registers.sp().checked_add(above?)?);
    let mut word = |address| memory.word(address).ok_or(());
    let caller = tables
        .unwinder
        .unwind_frame(frame, registers, cache, &mut word)
        .ok()??;
    // Else it was no frame.
    tables.mapped(caller).map(|_| caller)
}

/// How far the frame pointer lies above the stack pointer while the function that
/// has this address calls another.
fn frame_pointer_above_stack_pointer(mapped: &Mapped, call: u64) -> Option<u64> {
    let Mapped { bias, binary, .. } = mapped;
    let begins = frame_begins(binary, call.wrapping_sub(*bias))?;
    let text = binary.addresses(".text")?;
    let offset = usize::try_from(begins.checked_sub(text.start)?).ok()?;
    Some(taken(binary.section(".text").slice().get(offset..)?))
}

/// The address behind the instruction by which the function sets its frame
/// pointer, by its unwinding table.
fn frame_begins(binary: &Binary, call: u64) -> Option<u64> {
    let bases = BaseAddresses::default()
        .set_eh_frame_hdr(binary.addresses(".eh_frame_hdr")?.start)
        .set_eh_frame(binary.addresses(".eh_frame")?.start);
    let frames = EhFrame::from(binary.section(".eh_frame"));
    let index = EhFrameHdr::from(binary.section(".eh_frame_hdr"));
    let index = index.parse(&bases, size_of::<u64>() as u8).ok()?;
    let function = index
        .table()?
        .fde_for_address(&frames, &bases, call, EhFrame::cie_from_offset)
        .ok()?;
    let mut context = UnwindContext::new();
    let mut rows = function.rows(&frames, &bases, &mut context).ok()?;
    while let Some(row) = rows.next_row().ok()? {
        match row.cfa() {
            CfaRule::RegisterAndOffset { register, .. } if *register == X86_64::RBP => {
                return Some(row.start_address());
            }
            _ => {}
        }
    }
    None
}

/// How many bytes of stack a function's first instructions take, once it has set
/// its frame pointer: registers that it saves, and room for its variables.
fn taken(mut code: &[u8]) -> u64 {
    let mut bytes = 0;
    loop {
        code = match code {
            // push rax to rdi
            [0x50..=0x57, rest @ ..] => {
                bytes += 8;
                rest
            }
            // push r8 to r15
            [0x41, 0x50..=0x57, rest @ ..] => {
                bytes += 8;
                rest
            }
            // sub rsp, a byte
            [0x48, 0x83, 0xec, size, rest @ ..] => {
                bytes += u64::from(*size);
                rest
            }
            // sub rsp, four bytes
            [0x48, 0x81, 0xec, a, b, c, d, rest @ ..] => {
                bytes += u64::from(u32::from_le_bytes([*a, *b, *c, *d]));
                rest
            }
            // mov qword ptr [rsp], 0: touches a page of a large frame
            [0x48, 0xc7, 0x04, 0x24, 0, 0, 0, 0, rest @ ..] => rest,
            _ => return bytes,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_registers_and_room_are_added_up() {
        let code = [
            0x41, 0x57, // push r15
            0x53, // push rbx
            0x48, 0x83, 0xec, 0x18, // sub rsp, 24
            0x48, 0x89, 0xf3, // mov rbx, rsi
            0x50, // push rax, which is not of the frame
        ];
        assert_eq!(taken(&code), 40);
    }

    #[test]
    fn a_frame_of_more_than_a_page_is_taken_page_by_page() {
        let code = [
            0x48, 0x81, 0xec, 0x00, 0x10, 0x00, 0x00, // sub rsp, 4096
            0x48, 0xc7, 0x04, 0x24, 0, 0, 0, 0, // mov qword ptr [rsp], 0
            0x48, 0x81, 0xec, 0x88, 0x00, 0x00, 0x00, // sub rsp, 136
            0xc3, // ret
        ];
        assert_eq!(taken(&code), 4096 + 136);
    }
}
