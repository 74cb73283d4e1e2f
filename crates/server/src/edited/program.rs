//! An edited listing's program, in a folder of its own, so that the next edit
//! does not change what runs.

use anyhow::{Context, ensure};
use recording::catalogue::ListingName;
use run::LockedFolder;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A program; dropped, its folder is removed.
pub(crate) struct Program {
    folder: TempDir,
    name: String,
}

impl Program {
    /// Links a binary to `name`, or copies it where there are no links.
    /// Cargo and the linkers give a new binary's name to a new file, and leave
    /// the old file as it is.
    ///
    /// # Errors
    /// It can be neither linked nor copied.
    pub(super) fn with(
        binary: &Path,
        name: &str,
        folder: &LockedFolder,
    ) -> anyhow::Result<Program> {
        let program = Program {
            // Beside the copies, where a link can reach it.
            folder: folder.temporary()?,
            name: name.to_owned(),
        };
        let path = program.path();
        let there = fs::hard_link(binary, &path).or_else(|_| copy(binary, &path));
        there.with_context(|| format!("linking {} to {}", path.display(), binary.display()))?;
        Ok(program)
    }

    /// Copies the chapter's Python beside the binary, which looks there first; one
    /// listing as it was edited.
    ///
    /// # Errors
    /// A file cannot be read or written.
    pub(super) fn bring_python(
        &self,
        root: &Path,
        listing: &ListingName,
        source: &str,
    ) -> anyhow::Result<()> {
        let to = self.folder.path().join("python");
        fs::create_dir(&to).with_context(|| format!("making {}", to.display()))?;
        let edited = root.join(listing.source());
        let from = edited.parent().context("a file lies in a folder")?;
        for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
            let path = entry?.path();
            if path.is_file() && path != edited {
                let copied = fs::copy(&path, to.join(path.file_name().unwrap_or_default()));
                copied.with_context(|| format!("copying {}", path.display()))?;
            }
        }
        let path = to.join(&listing.name);
        fs::write(&path, source).with_context(|| format!("writing {}", path.display()))
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join(&self.name)
    }
}

/// Has a process of its own copy a program. Had this one the copy open for writing, a
/// child that another thread starts meanwhile would have it open too until its exec, and
/// a start of the copy would fail with ETXTBSY (`execve(2)`).
fn copy(program: &Path, to: &Path) -> anyhow::Result<()> {
    let mut cp = Command::new("cp");
    let output = cp.arg(program).arg(to).output().context("starting cp")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{}", said.trim_end());
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::fs::File;
    use std::io::{self, Read};
    use std::process::Stdio;
    use std::thread;

    #[test]
    fn what_cannot_be_linked_is_copied_and_starts() {
        let home = tempfile::tempdir().unwrap();
        let folder = LockedFolder::claim(home.path()).unwrap();
        let waits = Command::new("cat").stdin(Stdio::piped()).spawn();
        let mut waits = waits.unwrap();
        // A link of procfs, which no other file system can have.
        let binary = PathBuf::from(format!("/proc/{}/exe", waits.id()));
        let program = Program::with(&binary, "cat", &folder).unwrap();
        let started = Command::new(program.path()).stdin(Stdio::null()).status();
        assert!(started.unwrap().success());
        assert!(!program.path().is_symlink());
        drop(waits.stdin.take());
        waits.wait().unwrap();
    }

    #[test]
    fn a_copy_is_never_open_for_writing_here() {
        let folder = tempfile::tempdir().unwrap();
        let [program, to] = ["program", "copy"].map(|name| folder.path().join(name));
        // More than a pipe holds: it cannot be written before it is read.
        fs::write(&program, vec![0; 1 << 20]).unwrap();
        let made = Command::new("mkfifo").arg(&to).status().unwrap();
        assert!(made.success());
        thread::scope(|scope| {
            let copying = scope.spawn(|| {
                let copied = copy(&program, &to);
                // If `cp` has failed before it opened the pipe, the open below waits for this.
                let _ = File::options().read(true).write(true).open(&to);
                copied
            });
            let mut copied = File::open(&to).unwrap();
            // Once a byte has come, whoever writes has it open.
            copied.read_exact(&mut [0]).unwrap();
            let open = fs::read_dir("/proc/self/fd").unwrap();
            let open = open.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
            let ours = open.filter(|path| *path == to).count();
            let rest = io::copy(&mut copied, &mut io::sink()).unwrap();
            copying.join().unwrap().unwrap();
            assert_eq!((ours, rest), (1, (1 << 20) - 1));
        });
    }
}
