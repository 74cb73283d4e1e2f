//! The chapters' binaries, and a listing's run by one of them.

use crate::cargo::{Binaries, build_binaries, rebuild_binaries};
use crate::control::Control;
use crate::run::Run;
use crate::start::Start;
use anyhow::Context;
use recording::catalogue::{ListingName, Settings};
use std::path::Path;
use tempfile::TempDir;

/// The binaries of some chapters, freshly built.
pub struct Chapters {
    binaries: Binaries,
}

impl Chapters {
    /// Has Cargo build the named packages' binaries, and the supervisor;
    /// without a name, the whole workspace's. Cargo's progress goes to stderr.
    ///
    /// # Errors
    /// Cargo does not start, or something does not compile.
    pub fn build<'a>(
        root: &Path,
        packages: impl IntoIterator<Item = &'a str>,
    ) -> anyhow::Result<Chapters> {
        let binaries = build_binaries(root, packages)?;
        Ok(Chapters { binaries })
    }

    /// Builds them anew, after a change. `began` gets what can end the build.
    ///
    /// # Errors
    /// Something does not compile: the compiler's messages. Or it was ended.
    pub fn rebuild<'a>(
        &self,
        root: &Path,
        packages: impl IntoIterator<Item = &'a str>,
        began: impl FnOnce(Control),
    ) -> anyhow::Result<Chapters> {
        let binaries = rebuild_binaries(root, packages, self.supervisor()?, began)?;
        Ok(Chapters { binaries })
    }

    /// The file of a binary: of a chapter by its name.
    ///
    /// # Errors
    /// It was not among what was built.
    pub fn binary(&self, name: &str) -> anyhow::Result<&Path> {
        let file = self.binaries.get(name);
        Ok(file.with_context(|| format!("there is no binary {name}"))?)
    }

    /// Starts a listing in an empty folder of its own.
    ///
    /// # Errors
    /// There is no such chapter, or it does not start.
    pub fn start(&self, listing: &ListingName, settings: &Settings) -> anyhow::Result<RunInFolder> {
        let folder = TempDir::with_prefix("run-").context("making the run's folder")?;
        let binary = self.binary(&listing.chapter)?;
        let start = Start::new(binary, folder.path())
            .argument(&listing.name)
            .stdin(settings.stdin.clone().unwrap_or_default())
            .time_limit(settings.time_limit())
            .command(listing.command());
        let run = start.supervised_by(self.supervisor()?)?;
        Ok(RunInFolder { run, folder })
    }

    /// The file of the supervisor, for [`Start::supervised_by`].
    ///
    /// # Errors
    /// As [`Chapters::binary`].
    pub fn supervisor(&self) -> anyhow::Result<&Path> {
        self.binary("supervise")
    }
}

/// A listing's run, and the folder that it has to itself.
pub struct RunInFolder {
    pub run: Run,
    pub folder: TempDir,
}
