//! "What a shell says": the same faults, in bash and in dash.

use super::case::{PAGE, shortened};
use super::folder::Folder;
use crate::table::{self, code};
use anyhow::{Context, bail};
use std::fmt::Write;
use std::process::Command;

/// A piece of the row's last cell, and the command, once its files are there.
type Case = (
    &'static str,
    fn(&Folder) -> anyhow::Result<()>,
    &'static str,
);

const CASES: &[Case] = &[
    ("by its name", |_| Ok(()), "no-such"),
    ("by its path", |_| Ok(()), "./no-such"),
    ("executable bit", not_executable, "./tool"),
    ("A directory", |folder| folder.folder("tool"), "./tool"),
    (
        "a file where a directory",
        |folder| folder.script("tool", ""),
        "./tool/x",
    ),
    (
        "interpreter",
        |folder| folder.script("tool", "#!/usr/bin/lemon\n"),
        "./tool",
    ),
    (
        "`\\r`",
        |folder| folder.script("tool", "#!/bin/sh\r\n"),
        "./tool",
    ),
    (
        "interprets itself",
        |folder| folder.script("tool", "#!./tool\n"),
        "./tool",
    ),
    (
        "loader",
        |folder| folder.program("ld-linux", "ld-lemon"),
        "./tool",
    ),
    (
        "another processor",
        |folder| folder.program_of_machine(83),
        "./tool",
    ),
    (
        "no `#!`",
        |folder| folder.script("tool", "echo started\n"),
        "./tool",
    ),
    ("circle", |folder| folder.link("tool", "tool"), "./tool"),
    (
        "for writing",
        |folder| folder.script("tool", "#!/bin/sh\n"),
        "./tool 3>>tool",
    ),
    ("argument", |_| Ok(()), "/bin/true $(printf '%0131072d' 0)"),
    ("`cd`", |_| Ok(()), "cd no-such"),
    ("`<`", |_| Ok(()), "echo hi <in.txt"),
    ("`>`", |folder| folder.folder("out"), "echo hi >out"),
];

fn not_executable(folder: &Folder) -> anyhow::Result<()> {
    folder.script("tool", "#!/bin/sh\n")?;
    folder.allow("tool", 0o644)
}

/// What a shell prints, and its status.
fn told(shell: &str, case: &Case) -> anyhow::Result<Vec<String>> {
    let (_, prepare, command) = case;
    let folder = Folder::new()?;
    prepare(&folder)?;
    // With a second command no shell becomes the first.
    let script = format!("{command}\nexit $?");
    let mut shell = Command::new(shell);
    let shell = shell.args(["-c", &script]).env("LC_ALL", "C");
    let output = shell.current_dir(folder.path()).output()?;
    let status = output.status.code().context("the shell was killed")?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said)?;
    let mut told: Vec<_> = said.lines().map(shortened).collect();
    told.push(status.to_string());
    Ok(told)
}

/// Whether there is a bash that says what this page has.
pub fn bash_is_new() -> bool {
    let version =
        "[[ ${BASH_VERSINFO[0]} -gt 5 || ${BASH_VERSINFO[0]}${BASH_VERSINFO[1]} -ge 52 ]]";
    let status = Command::new("bash").args(["-c", version]).status();
    status.is_ok_and(|it| it.success())
}

pub fn hold() -> anyhow::Result<()> {
    let mut rows = table::rows(PAGE, "What a shell says")?;
    let mut faults = String::new();
    for case in CASES {
        let (bash, dash) = (told("bash", case)?, told("dash", case)?);
        let at = rows.iter().position(|row| row[2].contains(case.0));
        let row = at.map(|at| rows.remove(at)).unwrap_or_default();
        let cells: Vec<_> = row.iter().map(|cell| code(cell)).collect();
        if cells.get(..2) != Some(&[bash.clone(), dash.clone()]) {
            writeln!(faults, "| {bash:?} | {dash:?} | {} |", case.0)?;
        }
    }
    for row in rows {
        writeln!(faults, "no case makes this row happen: {}", row.join(" | "))?;
    }
    if !faults.is_empty() {
        bail!("the shells say, and the page does not:\n{faults}");
    }
    Ok(())
}
