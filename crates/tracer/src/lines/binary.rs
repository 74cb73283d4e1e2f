//! A file that programs are mapped from, and its sections.

use super::mappings::Mapping;
use addr2line::gimli::{self, EndianSlice};
use anyhow::Context;
use memmap2::Mmap;
use object::elf::{PF_X, PT_LOAD, ProgramHeader64, STT_FUNC, Sym64};
use object::pod::slice_from_all_bytes;
use object::read::elf::{ElfFile64, ElfSection64, ProgramHeader, Sym};
use object::{LittleEndian, Object, ObjectSection};
use std::collections::HashMap;
use std::fs::File;
use std::ops::Range;
use std::path::Path;

/// Both architectures have the lower byte first.
pub(super) type Bytes = EndianSlice<'static, gimli::LittleEndian>;

/// A program, or a shared library.
pub(super) struct Binary {
    sections: HashMap<&'static str, Section>,
    /// Of the file's parts that are mapped as code: where they are stated to be, and
    /// where in the file they are.
    code: Vec<(u64, Range<u64>)>,
}

struct Section {
    addresses: Range<u64>,
    bytes: Bytes,
}

impl Binary {
    /// The file stays mapped until the tracer ends, with the run that it watches.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is no 64-bit ELF file.
    #[expect(unsafe_code, reason = "so a file is mapped")]
    pub(super) fn open(path: &Path) -> anyhow::Result<Binary> {
        let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
        // SAFETY: nobody writes into these bytes: the system refuses it for a
        // program that runs (ETXTBSY), and libraries are replaced, not written to.
        let mapped = unsafe { Mmap::map(&file) };
        let mapped = mapped.with_context(|| format!("mapping {}", path.display()))?;
        let bytes: &'static Mmap = Box::leak(Box::new(mapped));
        let elf = ElfFile64::<LittleEndian>::parse(&bytes[..])
            .with_context(|| format!("reading {}", path.display()))?;
        Ok(Binary {
            sections: elf.sections().filter_map(section).collect(),
            code: elf.elf_program_headers().iter().filter_map(code).collect(),
        })
    }

    /// A section's bytes; empty if it is not there.
    pub(super) fn section(&self, name: &str) -> Bytes {
        let section = self.sections.get(name);
        section.map_or_else(Bytes::default, |it| it.bytes)
    }

    /// Where a section is, as the file states it.
    pub(super) fn addresses(&self, name: &str) -> Option<Range<u64>> {
        self.sections.get(name).map(|it| it.addresses.clone())
    }

    /// The name of the function that has the instruction which the file states at
    /// this address, as the linker knows it; none if the file has no names.
    pub(super) fn function(&self, address: u64) -> Option<String> {
        let symbols = self.section(".symtab");
        let symbols: &[Sym64<LittleEndian>] = slice_from_all_bytes(symbols.slice()).ok()?;
        let has = |it: &&Sym64<LittleEndian>| {
            let begin = it.st_value(LittleEndian);
            let size = it.st_size(LittleEndian);
            it.st_type() == STT_FUNC && address.wrapping_sub(begin) < size
        };
        let found = symbols.iter().find(has)?;
        let names = self.section(".strtab");
        let name = names.slice().get(found.st_name(LittleEndian) as usize..)?;
        let name = name.split(|byte| *byte == 0).next()?;
        Some(String::from_utf8_lossy(name).into_owned())
    }

    /// What is to be subtracted from an address to have it as the file states it.
    pub(super) fn bias(&self, mapping: &Mapping) -> Option<u64> {
        let size = mapping.addresses.end - mapping.addresses.start;
        let end = mapping.offset.saturating_add(size);
        let mut code = self.code.iter();
        let (address, within) =
            code.find(|(_, within)| within.start < end && within.end > mapping.offset)?;
        let stated = address
            .wrapping_sub(within.start)
            .wrapping_add(mapping.offset);
        Some(mapping.addresses.start.wrapping_sub(stated))
    }
}

fn section(section: ElfSection64<'static, '_, LittleEndian>) -> Option<(&'static str, Section)> {
    let addresses = section.address()..section.address().saturating_add(section.size());
    let bytes = EndianSlice::new(section.data().ok()?, gimli::LittleEndian);
    Some((section.name().ok()?, Section { addresses, bytes }))
}

fn code(segment: &ProgramHeader64<LittleEndian>) -> Option<(u64, Range<u64>)> {
    let is_code =
        segment.p_type(LittleEndian) == PT_LOAD && segment.p_flags(LittleEndian) & PF_X != 0;
    let begin = segment.p_offset(LittleEndian);
    let within = begin..begin.saturating_add(segment.p_filesz(LittleEndian));
    is_code.then(|| (segment.p_vaddr(LittleEndian), within))
}
