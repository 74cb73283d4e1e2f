//! "It reads my stdin".

use super::page::{each_row, row};
use crate::loopback::{self, Ssh};
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use tests::harness;

const HEADING: &str = "It reads my stdin";

const LINES: &[u8] = b"q\ntwo\nthree\n";

/// A row's first cell, and its commands.
const STARTED: [(&str, &[&[&str]]); 12] = [
    (
        "`ffmpeg`",
        &[&[
            "ffmpeg", "-v", "error", "-re", "-f", "lavfi", "-i", "sine", "-f", "null", "-",
        ]],
    ),
    (
        "`ffmpeg -nostdin`",
        &[&[
            "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "sine", "-t", "1", "-f",
            "null", "-",
        ]],
    ),
    (
        "`sox` with files",
        &[&["sox", "-n", "-r8k", "it.wav", "synth", "1"]],
    ),
    (
        "`sox` with `-` as its input",
        &[&[
            "sox", "-t", "raw", "-r8k", "-b8", "-c1", "-e", "signed", "-", "it.wav",
        ]],
    ),
    ("`ssh HOST COMMAND`", &[&["ssh", "there", "true"]]),
    ("`ssh -n HOST COMMAND`", &[&["ssh", "-n", "there", "true"]]),
    (
        "`git status`, `git log`, `git commit -m`, `git clone`",
        &[
            &["git", "status"],
            &["git", "commit", "-q", "--allow-empty", "-m", "it"],
            &["git", "log"],
            &["git", "clone", "-q", ".", "copy"],
        ],
    ),
    (
        "`node FILE`, `node -e`",
        &[&["node", "empty"], &["node", "-e", "console.log(1)"]],
    ),
    ("`node` alone", &[&["node"]]),
    (
        "`python3 FILE`, `python3 -c`",
        &[&["python3", "empty"], &["python3", "-c", "print(1)"]],
    ),
    ("`python3` alone", &[&["python3"]]),
    ("`curl`", &[&["curl", "-s", "file:///etc/passwd"]]),
];

pub fn tests() -> Vec<Trial> {
    let mut tests = vec![harness::test("stdin: each row is tried", || {
        each_row(HEADING, &STARTED.map(|it| it.0))
    })];
    for (first, commands) in STARTED {
        let missing = loopback::missing(&[commands[0][0]]);
        let name = format!("stdin: {first}");
        tests.push(harness::needing(name, &missing, move || {
            for command in commands {
                holds(first, command).with_context(|| format!("{command:?}"))?;
            }
            Ok(())
        }));
    }
    tests
}

fn holds(first: &str, command: &[&str]) -> anyhow::Result<()> {
    let says = &row(HEADING, first)?[1];
    let reads = left_by(command)? != LINES;
    ensure!(
        says.starts_with("reads it") == reads,
        "{says}, and it reads: {reads}"
    );
    ensure!(reads || says == "leaves it", "{says}");
    Ok(())
}

/// What is still in the pipe when the program has ended.
fn left_by(command: &[&str]) -> anyhow::Result<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("empty"), "")?;
    let (mut reader, mut writer) = std::io::pipe()?;
    writer.write_all(LINES)?;
    drop(writer);
    if command[0] == "git" {
        in_repository(folder.path())?;
    }
    let ssh = (command[0] == "ssh").then(Ssh::new).transpose()?;
    let mut started = match &ssh {
        Some(ssh) => ssh.command(&command[1..]),
        None => Command::new(command[0]),
    };
    if ssh.is_none() {
        started.args(&command[1..]);
    }
    started
        .current_dir(folder.path())
        .stdin(reader.try_clone()?);
    started.stdout(Stdio::null()).stderr(Stdio::null());
    started.status()?;
    let mut left = Vec::new();
    reader.read_to_end(&mut left)?;
    Ok(left)
}

/// A repository with a commit and an author.
pub fn in_repository(folder: &Path) -> anyhow::Result<()> {
    for arguments in [
        &["init", "-q"][..],
        &["config", "user.name", "it"],
        &["config", "user.email", "it@example.org"],
        &["commit", "-q", "--allow-empty", "-m", "first"],
    ] {
        let status = Command::new("git")
            .args(arguments)
            .current_dir(folder)
            .status()?;
        ensure!(status.success(), "git {arguments:?}");
    }
    Ok(())
}
