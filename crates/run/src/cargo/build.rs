//! One program that a reader wrote, compiled. Cargo runs as a listing does, so
//! that whatever ends the run ends every compiler.

use super::diagnostic::Diagnostic;
use super::output::{start, until_the_end};
use crate::control::Control;
use crate::start::Start;
use anyhow::bail;
use cargo_metadata::Message;
use recording::Outcome;
use std::path::{Path, PathBuf};

/// How many messages are told: more than a reader would read.
const MAX_DIAGNOSTICS: usize = 100;

/// How much of Cargo's stderr is kept.
const MAX_STDERR_BYTES: usize = 16 * 1024;

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

/// `cargo build` or `cargo test`, as `command` says, in the workspace at `folder`.
/// Its stdout has messages as JSON; its stderr has only errors of Cargo's own.
pub fn cargo(folder: &Path, command: &str) -> Start {
    let quiet = ["--quiet", "--color=never", "--message-format=json"];
    let start = start(folder).argument(command);
    quiet.into_iter().fold(start, Start::argument)
}

impl Build {
    /// Builds the program: its file. `began` gets what can end the build, and
    /// `tell` gets rustc's errors and warnings.
    ///
    /// # Errors
    /// It does not compile, takes too long or too much, or was ended.
    pub fn executable(
        self,
        supervisor: &Path,
        began: impl FnOnce(Control),
        mut tell: impl FnMut(Diagnostic),
    ) -> anyhow::Result<PathBuf> {
        let run = self.start.supervised_by(supervisor)?;
        began(run.control());
        let mut built = None;
        let (mut errors, mut told) = (0, 0);
        let mut stderr = Vec::new();
        let on_message = |message| match message {
            Message::CompilerArtifact(artifact) if artifact.target.name == self.target => {
                built = artifact.executable.map(PathBuf::from).or(built.take());
            }
            Message::CompilerMessage(said) => {
                if let Some(diagnostic) = Diagnostic::of(said.message, &self.file) {
                    errors += usize::from(diagnostic.is_error());
                    told += 1;
                    if told <= MAX_DIAGNOSTICS {
                        tell(diagnostic);
                    }
                }
            }
            _ => {}
        };
        let on_stderr = |piece: &[u8]| {
            if stderr.len() < MAX_STDERR_BYTES {
                stderr.extend(piece);
            }
        };
        match (until_the_end(run, on_message, on_stderr)?, built) {
            (Outcome::Code(0), Some(executable)) => Ok(executable),
            (Outcome::Code(_), _) if errors > 0 => bail!("it does not compile"),
            (Outcome::Signal(_), _) => bail!("the build was ended"),
            _ => {
                let stderr = String::from_utf8_lossy(&stderr);
                bail!("Cargo could not build it: {}", stderr.trim_end())
            }
        }
    }
}
