//! Builds that wait until a test lets them go on.

use crate::executable;
use crate::recorder::named_pipe;
use crate::server::awaited;
use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use std::fs::{self, File};
use std::path::PathBuf;
use tempfile::TempDir;

/// What Cargo starts instead of rustc: it reads from the pipe that is named after the
/// crate, if there is one, before it compiles.
const RUSTC: &str = r#"#!/bin/sh
crate=$(printf '%s\n' "$@" | sed -n '/^--crate-name$/ { n; p; }')
pipe=$(dirname "$0")/pipes/$crate
[ ! -p "$pipe" ] || read -r _ <"$pipe" || true
exec "$@"
"#;

/// Crates that are not compiled before they are let go.
pub struct HeldBuilds {
    folder: TempDir,
}

/// A build that waits; dropped, it goes on.
pub struct HeldBuild {
    pipe: PathBuf,
    _writer: File,
}

impl HeldBuilds {
    /// # Errors
    /// A file cannot be written, or there is no `mkfifo`.
    pub fn of(crates: &[&str]) -> anyhow::Result<HeldBuilds> {
        let folder = tempfile::tempdir()?;
        executable::write(&folder.path().join("rustc"), RUSTC)?;
        fs::create_dir(folder.path().join("pipes"))?;
        let held = HeldBuilds { folder };
        for name in crates {
            named_pipe(&held.pipe(name))?;
        }
        Ok(held)
    }

    /// What `RUSTC_WRAPPER` says in the server's environment.
    pub fn wrapper(&self) -> String {
        self.folder.path().join("rustc").display().to_string()
    }

    /// Waits until the build of a crate waits.
    ///
    /// # Errors
    /// It does not begin.
    pub fn waits(&self, name: &str) -> anyhow::Result<HeldBuild> {
        awaited(&format!("the build of {name}"), || self.build(name))
    }

    /// The build of a crate, if it waits.
    ///
    /// # Errors
    /// The pipe cannot be opened.
    pub fn build(&self, name: &str) -> anyhow::Result<Option<HeldBuild>> {
        let pipe = self.pipe(name);
        // A child that another test starts meanwhile must not hold it too.
        let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        // Without a reader there is nobody to write to (`fifo(7)`).
        match open(&pipe, flags, Mode::empty()) {
            Ok(writer) => Ok(Some(HeldBuild {
                pipe,
                _writer: writer.into(),
            })),
            Err(Errno::NXIO) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn pipe(&self, name: &str) -> PathBuf {
        self.folder.path().join("pipes").join(name)
    }
}

impl Drop for HeldBuild {
    /// The next build of it does not wait.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.pipe);
    }
}
