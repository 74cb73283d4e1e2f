//! Which line of the listing's own source an instruction came from, by the line
//! tables of the program's debug build.

use super::binary::{Binary, Bytes};
use addr2line::Context;
use addr2line::gimli::{self, Dwarf, Reader, Section, SectionId, Unit, UnitHeader};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The listing's source in its program.
pub(super) struct Source {
    /// How the file's path ends, wherever it was compiled.
    path: PathBuf,
    program: Rc<Binary>,
    /// Of the compiler's units those that have a part of it.
    units: Vec<Context<Bytes>>,
    /// What was found.
    lines: BTreeMap<u64, Option<u32>>,
    functions: BTreeMap<u64, Function>,
}

/// What a listing may have called.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Function {
    /// The runtime's: what sleeps then is a task, and a task that waits is on no stack.
    /// The line of the caller is that of the whole `main` (`#[tokio::main]`).
    RunsTasks,
    /// std's for waiting for another thread: a channel's, a lock's, `park`.
    WaitsForAThread,
    Other,
}

impl Source {
    /// That of a listing in `src/listings`, which was compiled into the program.
    ///
    /// # Errors
    ///
    /// The program's debug information cannot be read.
    pub(super) fn of(program: Rc<Binary>, listing: &str) -> gimli::Result<Source> {
        let name = format!("{listing}.rs");
        let mut units = Vec::new();
        for header in units_of(&dwarf(&program)?, &name)? {
            units.push(alone(&program, &header)?);
        }
        Ok(Source {
            path: Path::new("src/listings").join(name),
            program,
            units,
            lines: BTreeMap::new(),
            functions: BTreeMap::new(),
        })
    }

    /// The line that the instruction came from which the program's file states at
    /// this address. Of functions that were compiled into each other, the innermost
    /// that stands in the listing's file counts.
    pub(super) fn line(&mut self, address: u64) -> Option<u32> {
        if let Some(known) = self.lines.get(&address) {
            return *known;
        }
        let line = self.look_up(address).or_else(|_| {
            // Of optimised code a unit may refer to others.
            self.units = vec![Context::from_dwarf(dwarf(&self.program)?)?];
            self.look_up(address)
        });
        let line = line.ok().flatten();
        self.lines.insert(address, line);
        line
    }

    /// Of which kind the function is that has this instruction. Its parts' names are
    /// in its own, each behind its length, however that is put together.
    pub(super) fn function(&mut self, address: u64) -> Function {
        *self.functions.entry(address).or_insert_with(|| {
            let function = self.program.function(address).unwrap_or_default();
            let is_in = |room: &str| function.contains(room);
            match () {
                () if is_in("5tokio7runtime") => Function::RunsTasks,
                () if is_in("3std4sync") || is_in("3std6thread") => Function::WaitsForAThread,
                () => Function::Other,
            }
        })
    }

    fn look_up(&self, address: u64) -> gimli::Result<Option<u32>> {
        for unit in &self.units {
            let mut frames = unit.find_frames(address).skip_all_loads()?;
            while let Some(frame) = frames.next()? {
                let Some(location) = frame.location else {
                    continue;
                };
                let file = location.file.map(Path::new);
                if file.is_some_and(|it| it.ends_with(&self.path)) {
                    return Ok(location.line);
                }
            }
        }
        Ok(None)
    }
}

fn dwarf(program: &Binary) -> gimli::Result<Dwarf<Bytes>> {
    Dwarf::load(|section| Ok(program.section(section.name())))
}

/// The units that have a part of a source file of this name.
fn units_of(dwarf: &Dwarf<Bytes>, name: &str) -> gimli::Result<Vec<UnitHeader<Bytes>>> {
    let mut all = Vec::new();
    let mut headers = dwarf.units();
    while let Some(header) = headers.next()? {
        all.push(header);
    }
    // A program has hundreds of units, and the heads of all take ten milliseconds to
    // read. A unit stands where its line table stands among theirs, so few need be
    // read. Where that does not hold, all are.
    let mut having = Vec::new();
    for (at, offset) in tables_naming(dwarf, name)? {
        let header = all.get(at).copied();
        let unit = header.map(|it| dwarf.unit(it)).transpose()?;
        let (Some(header), Some(unit)) = (header, unit) else {
            return all_having(dwarf, name, all);
        };
        if unit.line_program.as_ref().map(|it| it.header().offset().0) != Some(offset) {
            return all_having(dwarf, name, all);
        }
        if has(dwarf, &unit, name)? {
            having.push(header);
        }
    }
    Ok(having)
}

fn all_having(
    dwarf: &Dwarf<Bytes>,
    name: &str,
    all: Vec<UnitHeader<Bytes>>,
) -> gimli::Result<Vec<UnitHeader<Bytes>>> {
    let mut having = Vec::new();
    for header in all {
        if has(dwarf, &dwarf.unit(header)?, name)? {
            having.push(header);
        }
    }
    Ok(having)
}

/// Which line tables name a source file like this, counted from 0, and where they
/// begin. Those of DWARF 5 may: there the names are elsewhere.
fn tables_naming(dwarf: &Dwarf<Bytes>, name: &str) -> gimli::Result<Vec<(usize, usize)>> {
    let section = *dwarf.debug_line.reader();
    let mut tables = section;
    let mut naming = Vec::new();
    for at in 0.. {
        if tables.is_empty() {
            break;
        }
        let offset = tables.offset_from(section);
        let (length, format) = tables.read_initial_length()?;
        let mut table = tables.split(length)?;
        let has_names = table.read_u16()? < 5;
        // As a text: std's search in one is fast, in a debug build too.
        let names = |head: Bytes| String::from_utf8_lossy(head.slice()).contains(name);
        if !has_names
            || table
                .read_length(format)
                .and_then(|it| table.split(it))
                .map(names)?
        {
            naming.push((at, offset));
        }
    }
    Ok(naming)
}

/// Whether a unit has a part of a source file of this name.
fn has(dwarf: &Dwarf<Bytes>, unit: &Unit<Bytes>, name: &str) -> gimli::Result<bool> {
    let Some(table) = &unit.line_program else {
        return Ok(false);
    };
    for file in table.header().file_names() {
        let path = dwarf.attr_string(unit, file.path_name())?;
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
