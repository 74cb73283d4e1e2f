//! Which line of a listing's own source a thread is at.
//!
//! A thread that is asked about stands in a system call, deep in a library. So its
//! stack is unwound, by the tables that every program carries, and the innermost
//! frame that came from the listing's file has the line.

mod binary;
mod innermost;
mod mappings;
mod memory;
mod source;
mod unwinding;

pub use innermost::Innermost;

use binary::Binary;
use memory::Memory;
use recording::traced::Pid;
use source::{Function, Source};
use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use unwinding::{Cache, Tables};

/// The lines of one listing, for the processes of its run.
pub struct Lines {
    listing: String,
    /// The program that has the listing; none if it has none.
    program: Option<File>,
    source: Option<Source>,
    /// Files that code is mapped from; none for one that cannot be read.
    binaries: HashMap<PathBuf, Option<Rc<Binary>>>,
    /// Processes that were asked about; none for one of another program.
    processes: HashMap<Pid, Option<Process>>,
    cache: Cache,
}

/// Where in a listing a thread stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub line: u32,
    /// What the listing has called there waits for another thread of the process,
    /// whatever time limit it has.
    pub waits_for_a_thread: bool,
}

/// A file, by device and inode.
#[derive(Clone, Copy, PartialEq, Eq)]
struct File(u64, u64);

/// A process that runs the listing's program.
struct Process {
    tables: Tables,
    /// What is to be subtracted from an address to have it as the program's file
    /// states it.
    bias: u64,
}

impl File {
    fn at(path: impl AsRef<Path>) -> Option<File> {
        let file = fs::metadata(path).ok()?;
        Some(File(file.dev(), file.ino()))
    }
}

impl Lines {
    /// `program` is a chapter, and `listing` one of its listings, by name. A Python
    /// listing has no lines: the frames that can be had are the interpreter's.
    pub fn new(program: &Path, listing: &str) -> Lines {
        let compiled = Path::new(listing).extension().is_none();
        Lines {
            listing: listing.to_owned(),
            program: compiled.then(|| File::at(program)).flatten(),
            source: None,
            binaries: HashMap::new(),
            processes: HashMap::new(),
            cache: Cache::new(),
        }
    }

    /// The line of the listing's source at which a thread of this process stands
    /// still; none if it is at none, or if that cannot be found out.
    pub fn line(&mut self, pid: Pid, innermost: impl Into<Innermost>) -> Option<u32> {
        self.place(pid, innermost).map(|it| it.line)
    }

    /// As [`Lines::line`], and what the thread does there.
    pub fn place(&mut self, pid: Pid, innermost: impl Into<Innermost>) -> Option<Place> {
        let (line, called) = self.find(pid, innermost.into())?;
        let source = self.source.as_mut()?;
        let function = called.map_or(Function::Other, |it| source.function(it));
        (function != Function::RunsTasks).then_some(Place {
            line,
            waits_for_a_thread: function == Function::WaitsForAThread,
        })
    }

    /// The line, and an instruction of the function that was called there, as the
    /// program's file states it.
    fn find(&mut self, pid: Pid, innermost: Innermost) -> Option<(u32, Option<u64>)> {
        self.program?;
        if !self.processes.contains_key(&pid) {
            let process = self.process(pid);
            self.processes.insert(pid, process);
        }
        let process = self.processes.get(&pid)?.as_ref()?;
        let source = self.source.as_mut()?;
        let mut memory = Memory::of(pid).ok()?;
        let mut called = None;
        let ask = |address: u64| {
            let address = address.wrapping_sub(process.bias);
            let line = source.line(address);
            let below = called.replace(address);
            line.map(|line| (line, below))
        };
        let cache = &mut self.cache;
        unwinding::first(&process.tables, innermost, &mut memory, cache, ask)
    }

    /// The process runs another program now, or has ended: what was known of its
    /// memory does not hold any more.
    pub fn forget(&mut self, pid: Pid) {
        self.processes.remove(&pid);
    }

    /// What the process has mapped, if it runs the listing's program.
    fn process(&mut self, pid: Pid) -> Option<Process> {
        let running = PathBuf::from(format!("/proc/{pid}/exe"));
        if File::at(&running) != self.program {
            return None;
        }
        let program = fs::read_link(&running).ok()?;
        let mut tables = Tables::default();
        let mut bias = None;
        for mapping in mappings::executable(pid).ok()? {
            // The link leads to the file even if that has another name by now.
            let is_program = mapping.path == program;
            let path = if is_program { &running } else { &mapping.path };
            let known = self.binaries.entry(mapping.path.clone());
            let binary = known.or_insert_with(|| Binary::open(path).ok().map(Rc::new));
            let Some(binary) = binary.clone() else {
                continue;
            };
            let Some(its_bias) = binary.bias(&mapping) else {
                continue;
            };
            if is_program {
                bias = Some(its_bias);
                if self.source.is_none() {
                    self.source = Source::of(binary.clone(), &self.listing).ok();
                }
            }
            tables.add(&mapping, its_bias, binary);
        }
        Some(Process {
            tables,
            bias: bias?,
        })
    }
}
