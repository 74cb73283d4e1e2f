//! The folder in which a case happens, and what may lie in it.

use anyhow::Context;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use tests::executable;

/// The program that starts others.
pub const STARTER: &str = env!("CARGO_BIN_EXE_starter");

/// A small program of libc, for the cases that damage one.
const PROGRAM: &str = "/bin/true";

/// `nobody`, on each Linux: who may not do what root may.
pub const NOBODY: u32 = 65534;

/// An empty folder, which everybody may enter.
pub struct Folder {
    folder: TempDir,
}

impl Folder {
    pub fn new() -> anyhow::Result<Folder> {
        let folder = Folder {
            folder: tempfile::tempdir()?,
        };
        folder.allow("", 0o755)?;
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    fn of(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub fn allow(&self, name: &str, mode: u32) -> anyhow::Result<()> {
        let path = self.of(name);
        fs::set_permissions(path, Permissions::from_mode(mode))?;
        Ok(())
    }

    /// A file that can be executed, as far as its permissions go.
    pub fn script(&self, name: &str, text: impl Into<Vec<u8>>) -> anyhow::Result<()> {
        executable::write(&self.of(name), text)
    }

    pub fn folder(&self, name: &str) -> anyhow::Result<()> {
        Ok(fs::create_dir(self.of(name))?)
    }

    pub fn link(&self, name: &str, to: &str) -> anyhow::Result<()> {
        Ok(std::os::unix::fs::symlink(to, self.of(name))?)
    }

    /// `tool`, a compiled program in which one text stands for another of the
    /// same length.
    pub fn program(&self, text: &str, other: &str) -> anyhow::Result<()> {
        self.damaged(|program| {
            for at in 0..program.len() - text.len() {
                if program[at..].starts_with(text.as_bytes()) {
                    program[at..][..text.len()].copy_from_slice(other.as_bytes());
                }
            }
            Ok(())
        })
    }

    /// `tool`, a compiled program whose loader is another.
    pub fn program_of_loader(&self, loader: &str) -> anyhow::Result<()> {
        self.damaged(|program| {
            let mark = b"/ld-linux";
            let at = program.windows(mark.len()).position(|it| it == mark);
            let at = at.context("it has a loader")?;
            let start = program[..at].iter().rposition(|byte| *byte == 0);
            let start = start.context("a byte 0 before the loader's name")? + 1;
            let length = program[start..].iter().position(|byte| *byte == 0);
            let length = length.context("a byte 0 behind it")?;
            program[start..][..length].fill(0);
            program[start..][..loader.len()].copy_from_slice(loader.as_bytes());
            Ok(())
        })
    }

    /// `tool`, a compiled program for a machine that there is not.
    pub fn program_of_machine(&self, machine: u8) -> anyhow::Result<()> {
        self.damaged(|program| {
            // `e_machine`, in elf(5), in the order of a little-endian machine.
            program[18..20].copy_from_slice(&[machine, 0]);
            Ok(())
        })
    }

    /// `libc.so.9`, a library of the other word size, and `tool`, which wants it.
    pub fn library_of_other_class(&self) -> anyhow::Result<()> {
        self.damaged(|program| {
            // `EI_CLASS`, in elf(5): 1 for 32 bits, 2 for 64.
            program[4] ^= 3;
            Ok(())
        })?;
        fs::rename(self.of("tool"), self.of("libc.so.9"))?;
        self.program("libc.so.6", "libc.so.9")
    }

    fn damaged(
        &self,
        damage: impl FnOnce(&mut Vec<u8>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut program = fs::read(PROGRAM).context("reading a program")?;
        damage(&mut program)?;
        self.script("tool", program)
    }
}
