//! Cargo, compiling what a reader wrote. It runs as a listing does, so that
//! whatever ends the run ends every compiler.

mod diagnostic;

pub use diagnostic::{Diagnostic, Place};

use crate::{Control, Run, Start};
use anyhow::{Context, bail};
use cargo_metadata::Message;
use recording::{Kind, Outcome};
use std::env;
use std::path::{Path, PathBuf};

/// More messages than a reader would read.
const MOST_TOLD: usize = 100;

/// So much of what Cargo says beside its messages is kept, in bytes.
const SAID: usize = 16 * 1024;

/// One program to be built.
#[derive(Clone, Debug)]
pub struct Build {
    /// Cargo, as it is to be started: [`cargo`], with what it is to build.
    pub start: Start,
    /// The name of the binary or of the test.
    pub target: String,
    /// The file that the reader wrote, as rustc names it: relative to the
    /// workspace.
    pub file: String,
}

/// Cargo in the workspace at `folder`. It says nothing but messages as JSON and
/// what keeps it from working at all; `command` is `build` or `test`.
pub fn cargo(folder: &Path, command: &str) -> Start {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let quiet = ["--quiet", "--color=never", "--message-format=json"];
    let start = Start::new(cargo, folder).argument(command);
    quiet.into_iter().fold(start, Start::argument)
}

impl Build {
    /// Builds it. `began` gets what can end the build, and `tell` hears what
    /// rustc says, in its own words.
    ///
    /// # Errors
    /// It does not compile, takes too long or too much, or was ended.
    pub fn executable(
        self,
        supervisor: &Path,
        began: impl FnOnce(Control),
        tell: impl FnMut(Diagnostic),
    ) -> anyhow::Result<PathBuf> {
        let run = self.start.supervised_by(supervisor)?;
        began(run.control());
        let mut heard = Heard {
            file: self.file,
            target: self.target,
            tell,
            rest: Vec::new(),
            said: Vec::new(),
            built: None,
            errors: 0,
            told: 0,
        };
        match (heard.until_the_end(run)?, heard.built) {
            (Outcome::Code(0), Some(executable)) => Ok(executable),
            (Outcome::Code(_), _) if heard.errors > 0 => bail!("it does not compile"),
            (Outcome::Signal(_), _) => bail!("the build was ended"),
            _ => {
                let said = String::from_utf8_lossy(&heard.said);
                bail!("Cargo could not build it: {}", said.trim_end())
            }
        }
    }
}

/// What Cargo has said.
struct Heard<Tell> {
    file: String,
    target: String,
    tell: Tell,
    /// The beginning of a message whose end has not come yet.
    rest: Vec<u8>,
    said: Vec<u8>,
    built: Option<PathBuf>,
    errors: usize,
    told: usize,
}

impl<Tell: FnMut(Diagnostic)> Heard<Tell> {
    /// Listens until Cargo has ended: how.
    fn until_the_end(&mut self, run: Run) -> anyhow::Result<Outcome> {
        let mut outcome = None;
        for event in run {
            match event?.kind {
                Kind::Stdout(piece) => self.messages(&piece.0)?,
                Kind::Stderr(piece) if self.said.len() < SAID => self.said.extend(piece.0),
                Kind::TimedOut { seconds } => bail!("compiling it took longer than {seconds} s"),
                Kind::Exceeded { most, what } => {
                    bail!("compiling it took more than {most} {what}")
                }
                Kind::Exited { outcome: end, .. } => outcome = Some(end),
                _ => {}
            }
        }
        outcome.context("cargo did not end")
    }

    /// Takes in a piece of Cargo's stdout: messages, one a line.
    fn messages(&mut self, piece: &[u8]) -> anyhow::Result<()> {
        self.rest.extend(piece);
        let whole = self.rest.iter().rposition(|byte| *byte == b'\n');
        let whole = whole.map_or(0, |end| end + 1);
        let lines: Vec<u8> = self.rest.drain(..whole).collect();
        for line in lines.split(|byte| *byte == b'\n') {
            // A build script or a macro may print what is no message.
            if line.starts_with(b"{") {
                let message = serde_json::from_slice(line);
                self.message(message.context("Cargo said what this version does not know")?);
            }
        }
        Ok(())
    }

    fn message(&mut self, message: Message) {
        match message {
            Message::CompilerArtifact(artifact) if artifact.target.name == self.target => {
                self.built = artifact.executable.map(PathBuf::from).or(self.built.take());
            }
            Message::CompilerMessage(said) => {
                if let Some(diagnostic) = Diagnostic::of(said.message, &self.file) {
                    self.errors += usize::from(diagnostic.is_error());
                    self.told += 1;
                    if self.told <= MOST_TOLD {
                        (self.tell)(diagnostic);
                    }
                }
            }
            _ => {}
        }
    }
}
