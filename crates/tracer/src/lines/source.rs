//! Which line of the listing's own source an instruction came from, by the line
//! tables of the program's debug build.

use super::binary::{Binary, Bytes};
use addr2line::Context;
use addr2line::gimli::{self, Dwarf, Reader, Section, SectionId, UnitHeader};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// The listing's source in its program.
pub(super) struct Source {
    /// How the file's path ends, wherever it was compiled.
    path: PathBuf,
    /// Of the compiler's units those that have a part of it.
    units: Vec<Context<Bytes>>,
    /// What was found.
    lines: BTreeMap<u64, Option<u32>>,
}

impl Source {
    /// That of a listing in `src/listings`, which was compiled into the program.
    ///
    /// # Errors
    ///
    /// The program's debug information cannot be read.
    pub(super) fn of(program: &Binary, listing: &str) -> gimli::Result<Source> {
        let name = format!("{listing}.rs");
        let dwarf = Dwarf::load(|section| Ok::<_, gimli::Error>(program.section(section.name())))?;
        let mut units = Vec::new();
        for header in units_of(&dwarf, &name)? {
            units.push(alone(program, &header)?);
        }
        Ok(Source {
            path: Path::new("src/listings").join(name),
            units,
            lines: BTreeMap::new(),
        })
    }

    /// The line that the instruction came from which the program's file states at
    /// this address. Of functions that were compiled into each other, the innermost
    /// that stands in the listing's file counts.
    pub(super) fn line(&mut self, address: u64) -> Option<u32> {
        if let Some(known) = self.lines.get(&address) {
            return *known;
        }
        let line = self
            .units
            .iter()
            .find_map(|unit| self.within(unit, address));
        self.lines.insert(address, line);
        line
    }

    fn within(&self, unit: &Context<Bytes>, address: u64) -> Option<u32> {
        let mut frames = unit.find_frames(address).skip_all_loads().ok()?;
        while let Some(frame) = frames.next().ok()? {
            let Some(location) = frame.location else {
                continue;
            };
            let file = location.file.map(Path::new);
            if file.is_some_and(|it| it.ends_with(&self.path)) {
                return location.line;
            }
        }
        None
    }
}

/// The units that have a part of a source file of this name.
fn units_of(dwarf: &Dwarf<Bytes>, name: &str) -> gimli::Result<Vec<UnitHeader<Bytes>>> {
    let mut units = Vec::new();
    let mut headers = dwarf.units();
    while let Some(header) = headers.next()? {
        units.push(header);
    }
    // A program has hundreds of units, and the heads of all take ten milliseconds to
    // read. A unit stands where its line table stands among theirs, so few need be
    // read. Where that does not hold, all are.
    let tables = tables_with(dwarf, name)?;
    let mut likely = Vec::new();
    for unit in tables.iter().filter_map(|at| units.get(*at)) {
        if has(dwarf, unit, name)? {
            likely.push(*unit);
        }
    }
    if likely.is_empty() || likely.len() < tables.len() {
        likely.clear();
        for unit in units {
            if has(dwarf, &unit, name)? {
                likely.push(unit);
            }
        }
    }
    Ok(likely)
}

/// Which line tables, counted from 0, have a source file of this name: of those
/// that have names in themselves, as DWARF 5 has not.
fn tables_with(dwarf: &Dwarf<Bytes>, name: &str) -> gimli::Result<Vec<usize>> {
    let mut tables = *dwarf.debug_line.reader();
    let mut with = Vec::new();
    for at in 0.. {
        if tables.is_empty() {
            break;
        }
        let (length, format) = tables.read_initial_length()?;
        let mut table = tables.split(length)?;
        if table.read_u16()? >= 5 {
            continue;
        }
        let size = table.read_length(format)?;
        let head = table.split(size)?;
        // As a text: std's search in one is fast, in a debug build too.
        if String::from_utf8_lossy(head.slice()).contains(name) {
            with.push(at);
        }
    }
    Ok(with)
}

/// Whether a unit has a part of a source file of this name.
fn has(dwarf: &Dwarf<Bytes>, unit: &UnitHeader<Bytes>, name: &str) -> gimli::Result<bool> {
    let unit = dwarf.unit(*unit)?;
    let Some(table) = &unit.line_program else {
        return Ok(false);
    };
    for file in table.header().file_names() {
        let path = dwarf.attr_string(&unit, file.path_name())?;
        let path = Path::new(OsStr::from_bytes(path.slice()));
        if path.file_name() == Some(OsStr::new(name)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A unit's tables without those of the program's other units.
fn alone(program: &Binary, unit: &UnitHeader<Bytes>) -> gimli::Result<Context<Bytes>> {
    let begin = unit.debug_info_offset().map_or(0, |offset| offset.0);
    let end = begin + unit.length_including_self();
    Context::from_dwarf(Dwarf::load(|section| {
        let bytes = program.section(section.name());
        Ok::<_, gimli::Error>(match section {
            SectionId::DebugInfo => bytes.range(begin..end),
            SectionId::DebugAranges => Bytes::default(),
            _ => bytes,
        })
    })?)
}
