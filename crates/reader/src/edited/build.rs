//! Cargo, compiling a chapter's copy.

use super::chapter::Copy;
use super::diagnostic::Diagnostic;
use super::{GIB, MIB, memory};
use crate::runs::Ending;
use anyhow::{Context, bail};
use cargo_metadata::Message;
use recording::{Kind, ListingName, Outcome};
use run::{Bounds, Run, Start};
use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a build may take.
pub(crate) const LONGEST: Duration = Duration::from_secs(120);

/// So much of what Cargo says beside its messages is kept, in bytes.
const SAID: usize = 16 * 1024;

pub(super) struct Build<'a> {
    pub(super) copy: &'a Copy,
    pub(super) listing: &'a ListingName,
    pub(super) target: &'a Path,
    pub(super) supervisor: &'a Path,
}

impl Build<'_> {
    /// Has Cargo build the copy. It runs as a listing does, so that whatever
    /// ends the run ends every compiler.
    ///
    /// # Errors
    /// It does not compile, which `tell` has heard in rustc's own words, or
    /// takes too long.
    pub(super) fn binary(
        &self,
        ending: &Ending,
        tell: impl FnMut(Diagnostic),
    ) -> anyhow::Result<PathBuf> {
        let run = self.start()?;
        ending.may_end(run.control());
        let mut heard = Heard {
            file: self.listing.source().display().to_string(),
            binary: &self.copy.binary,
            tell,
            rest: Vec::new(),
            said: Vec::new(),
            built: None,
            errors: 0,
        };
        let mut outcome = None;
        for event in run {
            match event?.kind {
                Kind::Stdout(piece) => heard.messages(&piece.0)?,
                Kind::Stderr(piece) if heard.said.len() < SAID => heard.said.extend(piece.0),
                Kind::TimedOut { seconds } => bail!("compiling it took longer than {seconds} s"),
                Kind::Exceeded { most, what } => {
                    bail!("compiling it took more than {most} {what}")
                }
                Kind::Exited { outcome: end, .. } => outcome = Some(end),
                _ => {}
            }
        }
        match (outcome, heard.built) {
            (Some(Outcome::Code(0)), Some(binary)) => Ok(binary),
            (Some(Outcome::Code(_)), _) if heard.errors > 0 => bail!("it does not compile"),
            _ => {
                let said = String::from_utf8_lossy(&heard.said);
                bail!("Cargo could not build it: {}", said.trim_end())
            }
        }
    }

    fn start(&self) -> anyhow::Result<Run> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut start = Start::new(cargo, &self.copy.folder);
        for argument in ["build", "--offline", "--quiet", "--color=never"] {
            start = start.argument(argument);
        }
        start
            .argument("--message-format=json")
            .argument("--bin")
            .argument(&self.copy.binary)
            .argument("--target-dir")
            .argument(self.target)
            .time_limit(LONGEST)
            .bounds(bounds())
            .supervised_by(self.supervisor)
    }
}

/// What a compiler may take: a constant can be computed, and a macro expanded,
/// without end.
fn bounds() -> Bounds {
    Bounds {
        processes: 256,
        memory: memory().map_or(4 * GIB, |all| all / 2),
        file: GIB,
        folder: 64 * MIB,
    }
}

/// What Cargo has said.
struct Heard<'a, Tell> {
    /// The listing, as rustc names it.
    file: String,
    binary: &'a str,
    tell: Tell,
    /// The beginning of a message whose end has not come yet.
    rest: Vec<u8>,
    said: Vec<u8>,
    built: Option<PathBuf>,
    errors: usize,
}

impl<Tell: FnMut(Diagnostic)> Heard<'_, Tell> {
    /// Takes in a piece of Cargo's stdout: messages, one a line.
    fn messages(&mut self, piece: &[u8]) -> anyhow::Result<()> {
        self.rest.extend(piece);
        let whole = self.rest.iter().rposition(|byte| *byte == b'\n');
        let whole = whole.map_or(0, |end| end + 1);
        let lines: Vec<u8> = self.rest.drain(..whole).collect();
        for line in lines.split(|byte| *byte == b'\n') {
            if !line.is_empty() {
                let message = serde_json::from_slice(line);
                self.message(message.context("Cargo said what this version does not know")?);
            }
        }
        Ok(())
    }

    fn message(&mut self, message: Message) {
        match message {
            Message::CompilerArtifact(artifact) if artifact.target.name == self.binary => {
                self.built = artifact.executable.map(PathBuf::from);
            }
            Message::CompilerMessage(said) => {
                if let Some(diagnostic) = Diagnostic::of(said.message, &self.file) {
                    self.errors += usize::from(diagnostic.is_error());
                    (self.tell)(diagnostic);
                }
            }
            _ => {}
        }
    }
}
