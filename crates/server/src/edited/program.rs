//! An edited listing's program, in a folder of its own, so that the next edit
//! does not change what runs.

use anyhow::Context;
use recording::catalogue::ListingName;
use run::LockedFolder;
use std::fs;
use std::path::{Path, PathBuf};
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
        let there = fs::hard_link(binary, &path).or_else(|_| fs::copy(binary, &path).map(drop));
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
