//! A start that may fail: what `starter` and its twin in Python, `starter.py`,
//! are asked to do, and what came of it.

use crate::book::root;
use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

/// In the line before the message of a panic.
pub const PANICKED: &str = " panicked at ";

/// Who starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    #[default]
    Std,
    Duct,
    Python,
}

/// What shall be started, and under what conditions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Start {
    pub by: By,
    pub program: String,
    pub arguments: Vec<String>,
    pub folder: Option<String>,
    pub environment: BTreeMap<String, String>,
    pub user: Option<u32>,
    pub group: Option<i32>,
    /// What only Python can be asked: an argument more, which is a number; no
    /// program at all; a user by name.
    pub number: bool,
    pub nothing: bool,
    pub user_name: Option<String>,
    /// A function that runs between fork and exec fails, without an errno.
    pub fails_before_exec: bool,
    /// Its stdin is `/dev/null`, its stdout is captured, a file is its stdin or
    /// its stdout.
    pub stdin_null: bool,
    pub stdout_pipe: bool,
    pub stdin_path: Option<String>,
    pub stdout_path: Option<String>,
    /// Of the one that starts it, in the order in which they are brought about.
    pub conditions: Vec<Condition>,
}

/// What is so for the process that starts the program, and for nobody else.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// It is in a folder that has been removed.
    FolderRemoved,
    /// It has a file open for writing.
    Writes(String),
    /// It ignores SIGCHLD.
    ChildSignalIgnored,
    /// It has a limit, by the number of `setrlimit(2)`.
    Limit(u32, u64),
    /// It has opened as many descriptors as it may, none of which the child gets.
    NoDescriptorLeft,
    /// Another process of this user runs, for as long as it does.
    AnotherOf(u32),
    /// It is root no longer, if it was.
    NotRoot(u32),
    /// The folder of this name is a file system that allows no execution.
    NothingExecutable(String),
    /// The process 1 of the PID namespace of its children has ended.
    FirstProcessEnded,
    /// A filter answers in the kernel's place: the instructions of `seccomp(2)`.
    Filter(Vec<(u16, u8, u8, u32)>),
}

/// What came of it.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Outcome {
    /// As the language prints it: its `Display`, or the last line of a traceback.
    pub error: Option<String>,
    /// `ErrorKind`, in Rust.
    pub kind: Option<String>,
    /// As `ExitStatus` prints it, or `returncode`.
    pub status: Option<String>,
    /// What came on stderr, of the child or of a panic.
    #[serde(skip)]
    pub said: String,
}

impl Start {
    pub fn new(program: impl Into<String>) -> Start {
        let program = program.into();
        Start {
            program,
            ..Start::default()
        }
    }

    /// Has it started by a process that begins in `folder`.
    ///
    /// # Errors
    /// The one that should start it did not come so far, or cannot be had.
    pub fn outcome(&self, by: By, starter: &Path, folder: &Path) -> anyhow::Result<Outcome> {
        let mut command = match by {
            By::Python => {
                let mut python = Command::new(interpreter());
                python.args([Path::new("-I"), &script()]);
                python
            }
            By::Std | By::Duct => Command::new(starter),
        };
        command.current_dir(folder).env("LC_ALL", "C");
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().context("starting the one that starts")?;
        let start = Start { by, ..self.clone() };
        let mut stdin = child.stdin.take().context("its stdin is a pipe")?;
        stdin.write_all(&serde_json::to_vec(&start)?)?;
        drop(stdin);
        let output = child.wait_with_output()?;
        let said = String::from_utf8_lossy(&output.stderr)
            .trim_end()
            .to_owned();
        let told = String::from_utf8_lossy(&output.stdout);
        let last = told.lines().last().unwrap_or_default();
        if last.is_empty() && said.contains(PANICKED) {
            return Ok(Outcome {
                said,
                status: Some(output.status.to_string()),
                ..Outcome::default()
            });
        }
        let outcome: Outcome =
            serde_json::from_str(last).with_context(|| format!("{by:?} tells {last:?}: {said}"))?;
        ensure!(
            outcome.error.is_some() || outcome.status.is_some(),
            "{by:?} tells nothing: {said}"
        );
        Ok(Outcome { said, ..outcome })
    }
}

/// Python itself, where `python3` is a script that looks for it.
fn interpreter() -> &'static Path {
    static INTERPRETER: LazyLock<PathBuf> = LazyLock::new(|| {
        let asked = ["-c", "import sys; print(sys.executable)"];
        let output = Command::new("python3").args(asked).output();
        let told = output.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned());
        told.map_or("python3".into(), PathBuf::from)
    });
    &INTERPRETER
}

fn script() -> PathBuf {
    root().join("tests/starter/starter.py")
}
