//! The unwinding tables of what a process has mapped.

use crate::lines::binary::Binary;
use crate::lines::mappings::Mapping;
use framehop::{
    CacheNative, ExplicitModuleSectionInfo, MayAllocateDuringUnwind, Module, Unwinder,
    UnwinderNative,
};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// What stands in a register whose value is not known: an address that no process
/// has, so that whoever needs it fails.
pub(super) const UNKNOWN: u64 = 1 << 63;

/// How the frame of each instruction that was met is left, for all processes.
pub(in crate::lines) type Cache = CacheNative<MayAllocateDuringUnwind>;

#[derive(Default)]
pub(in crate::lines) struct Tables {
    pub(super) unwinder: UnwinderNative<&'static [u8], MayAllocateDuringUnwind>,
    mapped: Vec<Mapped>,
}

#[cfg_attr(
    not(target_arch = "x86_64"),
    expect(dead_code, reason = "where it is, is enough to find a frame record")
)]
pub(super) struct Mapped {
    addresses: Range<u64>,
    /// What is to be subtracted from an address to have it as the file states it.
    pub(super) bias: u64,
    pub(super) binary: Rc<Binary>,
    /// How far the frame pointer lies above the stack pointer at each call that was
    /// asked about.
    pub(super) above: RefCell<BTreeMap<u64, Option<u64>>>,
}

impl Tables {
    /// Adds code that is mapped there, and whose file states its addresses less
    /// `bias`.
    pub(in crate::lines) fn add(&mut self, mapping: &Mapping, bias: u64, binary: Rc<Binary>) {
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

    /// The code that is mapped there.
    pub(super) fn mapped(&self, address: u64) -> Option<&Mapped> {
        self.mapped
            .iter()
            .find(|it| it.addresses.contains(&address))
    }
}
