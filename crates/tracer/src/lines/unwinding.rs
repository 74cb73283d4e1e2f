//! The frames of a stack, one after the other, innermost first.

#[cfg(any(target_arch = "aarch64", test))]
mod aarch64;
#[cfg(target_arch = "x86_64")]
mod x86_64;

#[cfg(target_arch = "aarch64")]
use aarch64 as architecture;
#[cfg(target_arch = "x86_64")]
use x86_64 as architecture;

use super::binary::Binary;
use super::innermost::Innermost;
use super::mappings::Mapping;
use super::memory::Memory;
use framehop::{
    CacheNative, ExplicitModuleSectionInfo, FrameAddress, MayAllocateDuringUnwind, Module,
    Unwinder, UnwinderNative,
};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// Deeper stacks than any listing has.
const FRAMES: usize = 512;

/// What stands in a register whose value is not known: an address that no process
/// has, so that whoever needs it fails.
const UNKNOWN: u64 = 1 << 63;

/// How the frame of each instruction that was met is left, for all processes.
pub(super) type Cache = CacheNative<MayAllocateDuringUnwind>;

/// The unwinding tables of what a process has mapped.
#[derive(Default)]
pub(super) struct Unwinding {
    unwinder: UnwinderNative<&'static [u8], MayAllocateDuringUnwind>,
    mapped: Vec<Mapped>,
}

#[cfg_attr(
    not(target_arch = "x86_64"),
    expect(dead_code, reason = "where it is, is enough to find a frame record")
)]
struct Mapped {
    addresses: Range<u64>,
    /// What is to be subtracted from an address to have it as the file states it.
    bias: u64,
    binary: Rc<Binary>,
    /// How far the frame pointer lies above the stack pointer at each call that was
    /// asked about.
    above: RefCell<BTreeMap<u64, Option<u64>>>,
}

impl Unwinding {
    /// Adds code that is mapped there, and whose file states its addresses less
    /// `bias`.
    pub(super) fn add(&mut self, mapping: &Mapping, bias: u64, binary: Rc<Binary>) {
        let bytes = |name| Some(binary.section(name).slice()).filter(|it| !it.is_empty());
        let sections = ExplicitModuleSectionInfo {
            text_svma: binary.addresses(".text"),
            got_svma: binary.addresses(".got"),
            eh_frame_svma: binary.addresses(".eh_frame"),
            eh_frame: bytes(".eh_frame"),
            eh_frame_hdr_svma: binary.addresses(".eh_frame_hdr"),
            eh_frame_hdr: bytes(".eh_frame_hdr"),
            ..ExplicitModuleSectionInfo::default()
        };
        let name = mapping.path.display().to_string();
        let addresses = mapping.addresses.clone();
        self.unwinder
            .add_module(Module::new(name, addresses.clone(), bias, sections));
        self.mapped.push(Mapped {
            addresses,
            bias,
            binary,
            above: RefCell::default(),
        });
    }

    /// Asks for each frame's address: that of the next instruction, and of one
    /// within each call above it. The first answer is the answer.
    pub(super) fn first<T>(
        &self,
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
            let left = self
                .unwinder
                .unwind_frame(frame, &mut registers, cache, &mut word);
            let caller = match left {
                Ok(caller) if caller != Some(UNKNOWN) => caller,
                _ => architecture::resume(self, frame, &mut registers, memory, cache),
            };
            frame = FrameAddress::from_return_address(caller?)?;
        }
        None
    }

    /// The code that is mapped there.
    fn mapped(&self, address: u64) -> Option<&Mapped> {
        self.mapped
            .iter()
            .find(|it| it.addresses.contains(&address))
    }
}
