//! The book in an archive: packed, unpacked, and opened where neither the checkout
//! nor Cargo is in sight.

use crate::book::{chapters, root};
use crate::processes::mount_namespace;
use crate::server::{Server, Start};
use anyhow::{Context, ensure};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Has a shell cover the folder that is named first, and each file after it up to
/// `--`, and become the program that comes then.
const HIDE: &str = "\
mount -t tmpfs none \"$1\" && shift
while [ \"$1\" != -- ]; do mount --bind /dev/null \"$1\" && shift || exit; done
shift && exec \"$@\"";

/// Has a shell forbid to write into the folder that is named first, and become the
/// program that comes then. That holds for root too.
const FORBID: &str = "\
mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\" && shift && exec \"$@\"";

/// An archive that was unpacked.
pub struct Unpacked {
    /// The size of the archive.
    pub bytes: u64,
    /// Whether somebody's progress was packed with it.
    pub held_progress: bool,
    /// The archive's one folder.
    pub root: PathBuf,
    /// The folder around it, removed when it is dropped.
    pub outer: TempDir,
}

impl Unpacked {
    /// # Errors
    /// The book cannot be packed, or not be unpacked into one folder.
    pub fn new() -> anyhow::Result<Unpacked> {
        let openbook = chapters().binary("openbook")?;
        let packed = Command::new(openbook)
            .arg("pack")
            .current_dir(root())
            .output()?;
        let said = String::from_utf8_lossy(&packed.stderr);
        ensure!(packed.status.success(), "{said}");
        let printed = String::from_utf8(packed.stdout)?;
        let archive = Path::new(printed.trim_end());
        let outer = tempfile::tempdir()?;
        let tar = Command::new("tar")
            .arg("-xJf")
            .arg(archive)
            .current_dir(&outer)
            .status()?;
        ensure!(tar.success(), "tar: {tar}");
        let mut entries = fs::read_dir(&outer)?;
        let folder = entries.next().context("the archive is empty")??;
        ensure!(entries.next().is_none(), "it is more than one folder");
        Ok(Unpacked {
            bytes: fs::metadata(archive)?.len(),
            held_progress: folder.path().join("progress.txt").exists(),
            root: folder.path(),
            outer,
        })
    }

    /// What starts a program where there is no checkout and no Cargo.
    ///
    /// # Errors
    /// We may not make such a place.
    pub fn hidden(&self) -> anyhow::Result<Command> {
        let mut command = mount_namespace().context("no mount namespace")?;
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = env::split_paths(&path);
        let rust = folders.flat_map(|folder| ["cargo", "rustc"].map(|it| folder.join(it)));
        command
            .args(["sh", "-c", HIDE, "sh"])
            .arg(root())
            .args(rust.filter(|it| it.exists()))
            .arg("--")
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.outer.path());
        Ok(command)
    }

    /// As [`hidden`](Self::hidden), where nobody can write into the archive's folder.
    ///
    /// # Errors
    /// As its.
    pub fn read_only(&self) -> anyhow::Result<Command> {
        let mut command = self.hidden()?;
        command.args(["sh", "-c", FORBID, "sh"]).arg(&self.root);
        Ok(command)
    }

    /// The server that its program is, in such a place.
    pub fn start(&self, place: Command) -> Start {
        Start::by(&self.root.join("open"), self.outer.path()).within(place)
    }

    /// The server that its program is, with no checkout and no Cargo.
    ///
    /// # Errors
    /// It does not come up.
    pub fn starts(&self) -> anyhow::Result<Server> {
        self.start(self.hidden()?).starts()
    }
}
