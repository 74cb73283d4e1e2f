//! The chapters' binaries, and a listing's run by one of them.

use crate::{Run, Start};
use anyhow::{Context, bail};
use cargo_metadata::Message;
use recording::catalogue::{ListingName, Settings};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, io::BufReader};
use tempfile::TempDir;

/// The binaries of some chapters, freshly built.
pub struct Chapters {
    binaries: BTreeMap<String, PathBuf>,
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
        let mut selected = Vec::new();
        for package in packages {
            selected.extend(["-p", package]);
        }
        if selected.is_empty() {
            selected.push("--workspace");
        } else {
            selected.extend(["-p", env!("CARGO_PKG_NAME")]);
        }
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo)
            .args([
                "build",
                "--bins",
                "--message-format=json-render-diagnostics",
            ])
            .args(selected)
            .current_dir(root)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting cargo to build the chapters")?;
        let messages = build.stdout.take().context("stdout is piped")?;
        let mut binaries = BTreeMap::new();
        for message in Message::parse_stream(BufReader::new(messages)) {
            if let Message::CompilerArtifact(artifact) = message?
                && let Some(file) = artifact.executable
            {
                binaries.insert(artifact.target.name, file.into_std_path_buf());
            }
        }
        if !build.wait()?.success() {
            bail!("Cargo could not build it: see its messages above");
        }
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
    pub fn start(&self, listing: &ListingName, settings: &Settings) -> anyhow::Result<OwnFolder> {
        let folder = TempDir::with_prefix("run-").context("making the run's folder")?;
        let binary = self.binary(&listing.chapter)?;
        let start = Start::new(binary, folder.path())
            .argument(&listing.name)
            .stdin(settings.stdin.clone().unwrap_or_default())
            .time_limit(settings.time_limit())
            .command(listing.command());
        let run = start.supervised_by(self.supervisor()?)?;
        Ok(OwnFolder { run, folder })
    }

    /// The file of the supervisor, for [`Start::supervised_by`].
    ///
    /// # Errors
    /// As [`Chapters::binary`].
    pub fn supervisor(&self) -> anyhow::Result<&Path> {
        self.binary("supervise")
    }
}

/// A run, and the folder that goes with it.
pub struct OwnFolder {
    pub run: Run,
    pub folder: TempDir,
}

/// The programs that a listing needs and that are not on the PATH.
pub fn missing_tools(settings: &Settings) -> Vec<&str> {
    missing(&settings.needs)
}

/// Those of some programs that are not on the PATH.
pub fn missing(programs: &[String]) -> Vec<&str> {
    let programs = programs.iter().map(String::as_str);
    programs.filter(|it| which::which(it).is_err()).collect()
}
