//! One run of one of a phrase's three programs: in a folder of its
//! own, with a plain environment.

use crate::phrases::Phrase;
use anyhow::{Context, ensure};
use listing::place::make_for_run;
use rustix::process::{WaitOptions, wait};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::{env, fs, io, process};

/// The three ways to say it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Duct,
    Std,
    Python,
}

impl Way {
    pub(crate) const ALL: [Way; 3] = [Way::Duct, Way::Std, Way::Python];

    pub(crate) fn named(name: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|way| way.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Way::Duct => "duct",
            Way::Std => "std",
            Way::Python => "python",
        }
    }

    pub(crate) fn file(self) -> &'static str {
        match self {
            Way::Duct => "duct.rs",
            Way::Std => "std.rs",
            Way::Python => "python.py",
        }
    }
}

/// Runs it to its end. What it prints goes to our own stdout.
///
/// # Errors
/// It could not be started; how it ends is no error.
pub(crate) fn run(
    phrase: &Phrase,
    way: Way,
) -> anyhow::Result<ExitStatus> {
    let own = env::current_exe()
        .context("finding this program's own file")?;
    let source = phrase.folder()?;
    let name =
        format!("{}-{}-{}", phrase.name, way.name(), process::id());
    let folder = make_for_run(&Path::new("phrasebook").join(name))?;
    copy(&source.join("files"), &folder)?;
    let mut command = match way {
        Way::Duct | Way::Std => {
            let mut command = Command::new(own);
            command.args(["child", phrase.name, way.name()]);
            command
        }
        Way::Python => {
            let mut command = Command::new("python3");
            command.arg(source.join(way.file()));
            command
        }
    };
    tidy(&mut command);
    let status =
        command.current_dir(&folder).stdin(Stdio::null()).status();
    let status = status.with_context(|| {
        format!("starting {}", command.get_program().display())
    });
    let _ = fs::remove_dir_all(&folder);
    status
}

/// What would change the output of a phrase, and what Cargo added.
fn tidy(command: &mut Command) {
    for (name, _) in env::vars_os() {
        if name.as_encoded_bytes().starts_with(b"CARGO") {
            command.env_remove(name);
        }
    }
    for name in
        ["RUST_BACKTRACE", "RUST_LIB_BACKTRACE", "PYTHONUNBUFFERED"]
    {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C");
}

/// Copies the files that a phrase finds when it starts, with their
/// permissions. A phrase that needs none has no such folder.
fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let entries = match fs::read_dir(from) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Ok(());
        }
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

/// Is one of a phrase's two programs in Rust.
pub(crate) fn as_child(
    phrase: &Phrase,
    way: Way,
) -> anyhow::Result<()> {
    let main = match way {
        Way::Duct => phrase.duct,
        _ => phrase.std,
    };
    main()?;
    leaves_no_child()
}

/// A phrase waits for each child that it starts: none runs on, and
/// none stays a zombie.
fn leaves_no_child() -> anyhow::Result<()> {
    let left = wait(WaitOptions::NOHANG);
    ensure!(
        matches!(left, Err(rustix::io::Errno::CHILD)),
        "a child was not waited for: {left:?}"
    );
    Ok(())
}
