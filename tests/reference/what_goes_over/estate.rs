//! The process with something to leave, `tests/heir`, and the folder in which it
//! runs.

use anyhow::{Context, ensure};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;
use tests::executable;

/// The page that says what is left.
pub const PAGE: &str = "what-goes-over.md";

/// How the process says that it may not arrange something, or that this machine
/// has it not.
const NOT_HERE: i32 = 77;

/// The name by which an exec starts the next program, so that a program for
/// which nobody did anything has the same.
const NAME: &str = "heir";

/// A folder that every user may enter, with the program in it.
pub struct Estate {
    folder: TempDir,
    runs: AtomicU32,
}

/// What it said; `None` if it could not happen here.
pub type Said = anyhow::Result<Option<String>>;

impl Estate {
    /// The program is copied by a process of its own: a copy that we had open for
    /// writing could be busy when it is started.
    pub fn new() -> anyhow::Result<Estate> {
        let folder = tempfile::tempdir()?;
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755))?;
        let estate = Estate {
            folder,
            runs: AtomicU32::new(0),
        };
        estate.copy_to(&estate.program())?;
        Ok(estate)
    }

    pub fn program(&self) -> PathBuf {
        self.folder.path().join(NAME)
    }

    pub fn copy_to(&self, path: &Path) -> anyhow::Result<()> {
        executable::copy(Path::new(env!("CARGO_BIN_EXE_heir")), path)
    }

    /// A folder for one run, in which everybody may write.
    pub fn room(&self) -> anyhow::Result<PathBuf> {
        let number = self.runs.fetch_add(1, Ordering::Relaxed);
        let room = self.folder.path().join(number.to_string());
        fs::create_dir(&room)?;
        fs::set_permissions(&room, Permissions::from_mode(0o777))?;
        Ok(room)
    }

    /// A command in a room of its own.
    pub fn command(&self, program: &str) -> anyhow::Result<Command> {
        let mut command = Command::new(program);
        command
            .env("HEIR_PATH", self.program())
            .env("LC_ALL", "C")
            .current_dir(self.room()?)
            .stdin(Stdio::null());
        Ok(command)
    }

    /// The process itself, not yet started. What it is called differs from what
    /// the next program is, if it has something to leave.
    pub fn heir(&self, words: &[&str]) -> anyhow::Result<Command> {
        let path = self.program().display().to_string();
        let mut heir = self.command(&path)?;
        let leaves = ["fork", "exec", "hold"].contains(&words[0]);
        heir.arg0(if leaves { "arranged" } else { NAME })
            .args(words);
        Ok(heir)
    }

    pub fn run(&self, words: &[&str]) -> Said {
        said(&mut self.heir(words)?)
    }
}

/// The lines that a command prints.
pub fn said(command: &mut Command) -> Said {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().with_context(|| format!("{command:?}"))?;
    let stderr = String::from_utf8_lossy(&stderr);
    let is_too_old = stderr.contains("unexpected keyword argument");
    let has_not_this_cpu = stderr.contains("taskset: failed to set pid");
    if status.code() == Some(NOT_HERE) || is_too_old || has_not_this_cpu {
        return Ok(None);
    }
    ensure!(status.success(), "{command:?}: {status}, {stderr}");
    Ok(Some(String::from_utf8(stdout)?))
}

/// What stands behind this word at the start of a line.
pub fn behind<'a>(said: &'a str, word: &str) -> anyhow::Result<&'a str> {
    let line = said.lines().find_map(|line| line.strip_prefix(word));
    let line = line.with_context(|| format!("no {word} in {said:?}"))?;
    Ok(line.trim())
}

/// A user who is nobody else here.
pub const USER: [&str; 4] = [
    "setpriv",
    "--reuid=54321",
    "--regid=54321",
    "--clear-groups",
];

/// Whether we are root, and may become [`USER`]: in a user namespace there may be
/// no other.
pub fn can_be_another_user() -> bool {
    let mut setpriv = Command::new(USER[0]);
    setpriv.args(&USER[1..]).arg("true").stderr(Stdio::null());
    setpriv.status().is_ok_and(|status| status.success())
}
