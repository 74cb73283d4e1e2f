//! The chapters' binaries, a listing's run by one of them, and the folders of runs.

use crate::cargo::{Binaries, build_binaries, build_workspace, rebuild_binaries};
use crate::control::Control;
use crate::folder::LockedFolder;
use crate::run::Run;
use crate::start::Start;
use anyhow::Context;
use recording::catalogue::{ListingName, Settings};
use recording::{Archive, Event, relocate};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// The binaries of some chapters, freshly built or packed.
pub struct Chapters {
    binaries: Binaries,
    /// `runs/N` in `target`, or in what an archive has in its stead, where runs have their
    /// folders.
    folder: Arc<LockedFolder>,
}

impl Chapters {
    /// Has Cargo build every binary of the workspace at `root`. Cargo's progress goes to
    /// stderr.
    ///
    /// # Errors
    /// As [`Chapters::build`].
    pub fn build_all(root: &Path) -> anyhow::Result<Chapters> {
        Chapters::of(&root.join("target"), build_workspace(root)?)
    }

    /// As [`Chapters::build_all`], the named packages' binaries, and the supervisor.
    ///
    /// # Errors
    /// Cargo does not start, something does not compile, or no folder can be made
    /// for runs.
    pub fn build<'a>(
        root: &Path,
        packages: impl IntoIterator<Item = &'a str>,
    ) -> anyhow::Result<Chapters> {
        Chapters::of(&root.join("target"), build_binaries(root, packages)?)
    }

    /// Those of an archive, as they were packed: nothing is built. Runs have their
    /// folders in `work`.
    ///
    /// # Errors
    /// Its folder cannot be read, or no folder can be made for runs.
    pub fn of_archive(archive: &Archive, work: &Path) -> anyhow::Result<Chapters> {
        let programs = archive.programs();
        let entries = fs::read_dir(&programs);
        let mut binaries = Binaries::new();
        for entry in entries.with_context(|| format!("reading {}", programs.display()))? {
            let entry = entry?;
            binaries.insert(
                entry.file_name().to_string_lossy().into_owned(),
                entry.path(),
            );
        }
        Chapters::of(work, binaries)
    }

    fn of(work: &Path, binaries: Binaries) -> anyhow::Result<Chapters> {
        let folder = Arc::new(LockedFolder::claim(&work.join("runs"))?);
        Ok(Chapters { binaries, folder })
    }

    /// Builds the named ones, or builds them anew after a change; the others are as they
    /// were. `began` gets what can end the build.
    ///
    /// # Errors
    /// Something does not compile: the compiler's messages. Or it was ended.
    pub fn rebuild<'a>(
        &self,
        root: &Path,
        packages: impl IntoIterator<Item = &'a str>,
        began: impl FnOnce(Control),
    ) -> anyhow::Result<Chapters> {
        let mut binaries = self.binaries.clone();
        binaries.extend(rebuild_binaries(root, packages, self.supervisor()?, began)?);
        let folder = Arc::clone(&self.folder);
        Ok(Chapters { binaries, folder })
    }

    /// The file of a binary: of a chapter by its name.
    ///
    /// # Errors
    /// It is not among them.
    pub fn binary(&self, name: &str) -> anyhow::Result<&Path> {
        let file = self.binaries.get(name);
        Ok(file.with_context(|| format!("there is no binary {name}"))?)
    }

    /// The file of each binary, by its name.
    pub fn binaries(&self) -> impl Iterator<Item = (&str, &Path)> {
        let all = self.binaries.iter();
        all.map(|(name, file)| (&**name, &**file))
    }

    /// Makes an empty folder for one run, which is removed when it is dropped; if
    /// this process is killed, by the next one that has the chapters.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn run_folder(&self) -> anyhow::Result<TempDir> {
        self.folder.temporary()
    }

    /// Starts a listing in an empty folder of its own; traced, if its settings
    /// say so and the tracer is among what was built.
    ///
    /// # Errors
    /// There is no such chapter, or it does not start.
    pub fn start(&self, listing: &ListingName, settings: &Settings) -> anyhow::Result<RunInFolder> {
        let folder = self.run_folder()?;
        let binary = self.binary(&listing.chapter)?;
        let start = Start::new(binary, folder.path())
            .argument(&listing.name)
            .stdin(settings.stdin.clone().unwrap_or_default())
            .time_limit(settings.time_limit())
            .command(listing.command());
        let supervisor = self.supervisor()?;
        let tracer = self.binaries.get("tracer").filter(|_| settings.xray);
        let run = match tracer {
            Some(tracer) => start.traced_by(tracer, supervisor)?,
            None => start.supervised_by(supervisor)?,
        };
        let programs = binary.parent().map(Path::to_path_buf);
        Ok(RunInFolder {
            run,
            folder,
            programs,
        })
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
    /// Where the chapters' binaries lie.
    programs: Option<PathBuf>,
}

impl RunInFolder {
    /// All events, once the run is over, and the folder with what it left. What a
    /// tracer told does not say where on this machine it ran, nor what launched it.
    ///
    /// # Errors
    /// As [`Run::to_end`].
    pub fn to_end(self) -> anyhow::Result<(Vec<Event>, TempDir)> {
        let mut events = self.run.to_end()?;
        let programs = self.programs.map(|programs| programs.join(""));
        let mut places = vec![(self.folder.path(), ".")];
        places.extend(programs.as_deref().map(|programs| (programs, "")));
        relocate(&mut events, &places);
        xray::without_launch(&mut events);
        Ok((events, self.folder))
    }
}
