//! A tree, run: alone, under strace, under the tracer.

use anyhow::{Context, ensure};
use recording::traced::Pid;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;
use tests::trees::account::{self, Line};
use tests::trees::happened::Happened;
use tests::trees::planting::Tree;
use tests::trees::script::ACTOR;
use tests::trees::strace;

const PROGRAM: &str = env!("CARGO_BIN_EXE_actor");

/// What one run of a tree came to, as somebody tells it, beside its own account.
pub struct Grown {
    pub root: Pid,
    pub told: Vec<Happened>,
    pub account: Vec<Line>,
}

/// A folder with the tree's scripts.
pub fn folder(tree: &Tree) -> anyhow::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    for (name, text) in &tree.scripts {
        fs::write(folder.path().join(name), text)?;
    }
    Ok(folder)
}

/// The variables that a tree needs in its folder.
pub fn variables(folder: &Path) -> [(&'static str, std::ffi::OsString); 2] {
    let account = folder.join("account");
    [(ACTOR, PROGRAM.into()), (account::FILE, account.into())]
}

pub fn under_strace(tree: &Tree) -> anyhow::Result<Grown> {
    let folder = folder(tree)?;
    let output = folder.path().join("strace");
    let mut strace = strace::command(&output);
    strace.arg(PROGRAM).arg(tree.root.to_string());
    let status = runs(strace, folder.path())?;
    let text = fs::read_to_string(&output).context("reading strace's file")?;
    let (root, told) = strace::read(&text)?;
    let end = told.iter().find_map(|it| match it {
        Happened::Ended { pid, outcome } if *pid == root => Some(*outcome),
        _ => None,
    });
    ensure!(
        end.is_some(),
        "the root has no end; strace: {status}\n{text}"
    );
    Ok(Grown {
        root,
        told,
        account: account::read(&folder.path().join("account"))?,
    })
}

fn runs(mut command: Command, folder: &Path) -> anyhow::Result<std::process::ExitStatus> {
    command.current_dir(folder).envs(variables(folder));
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command.stderr(Stdio::null());
    command.status().context("starting strace")
}
