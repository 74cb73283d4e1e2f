//! "With a terminal, and without".

use super::page::{each_row, row};
use super::stdin::in_repository;
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use run::missing_tools;
use std::env;
use std::path::Path;
use std::process::{Command, Stdio};
use tests::harness;

const HEADING: &str = "With a terminal, and without";

/// A row's first cell, its program, and a command for a shell.
const STARTED: [(&str, &str, &str); 7] = [
    ("`git log`", "git", "git log"),
    ("`git clone`", "git", "git clone --no-local . copy"),
    (
        "`node`, `console.log` of an object",
        "node",
        "node -e 'console.log({ it: 1 })'",
    ),
    (
        "`ffmpeg`",
        "ffmpeg",
        "ffmpeg -f lavfi -i sine -t 1 -f null - </dev/null",
    ),
    ("`sox -S`", "sox", "sox -S -n it.wav synth 1 sine 440"),
    ("`curl URL`", "curl", "curl file:///etc/passwd"),
    ("`ls --color=auto`", "ls", "ls --color=auto -d ."),
];

/// The options of a row that are tried, and what they make of it on a terminal and in
/// a pipe.
const OTHERWISE: [(&str, &str, &str, &str); 12] = [
    ("`--no-pager`", "git --no-pager log", "colours", "plain"),
    (
        "`--color=always`",
        "git log --color=always",
        "colours, pager",
        "colours",
    ),
    (
        "`--progress`",
        "git clone --progress --no-local . copy",
        "progress",
        "progress",
    ),
    ("`-q`", "git clone -q --no-local . copy", "plain", "plain"),
    (
        "`FORCE_COLOR=1`",
        "FORCE_COLOR=1 node -e 'console.log({ it: 1 })'",
        "colours",
        "colours",
    ),
    (
        "`NO_COLOR=1`",
        "NO_COLOR=1 node -e 'console.log({ it: 1 })'",
        "plain",
        "plain",
    ),
    (
        "`CI=1`",
        "CI=1 node -e 'console.log({ it: 1 })'",
        "plain",
        "plain",
    ),
    (
        "`-nostats`",
        "ffmpeg -nostats -f lavfi -i sine -t 1 -f null - </dev/null",
        "plain",
        "plain",
    ),
    (
        "`-v error`",
        "ffmpeg -v error -f lavfi -i sine -t 1 -f null - </dev/null",
        "plain",
        "plain",
    ),
    (
        "without `-S`",
        "sox -n it.wav synth 1 sine 440",
        "plain",
        "plain",
    ),
    ("`-sS`", "curl -sS file:///etc/passwd", "plain", "plain"),
    (
        "`--color=always`",
        "ls --color=always -d .",
        "colours",
        "colours",
    ),
];

pub fn tests() -> Vec<Trial> {
    let mut tests = vec![
        harness::test("terminals: each row is tried", || {
            each_row(HEADING, &STARTED.map(|it| it.0))
        }),
        harness::test("terminals: each option is tried", each_option),
    ];
    for (first, program, command) in STARTED {
        let needs = [program, "script"];
        let name = format!("terminals: {first}");
        tests.push(harness::needing(name, &missing_tools(&needs), move || {
            let row = row(HEADING, first)?;
            compare(command, &row[1], &row[2])
        }));
    }
    for (option, command, on_terminal, in_pipe) in OTHERWISE {
        let program = STARTED.iter().find(|it| command.contains(it.1));
        let program = program.map_or("sox", |it| it.1);
        let needs = [program, "script"];
        let name = format!("terminals: {program} {option}");
        tests.push(harness::needing(name, &missing_tools(&needs), move || {
            compare(command, on_terminal, in_pipe)
        }));
    }
    tests
}

/// In the order of the page.
fn each_option() -> anyhow::Result<()> {
    let mut said = Vec::new();
    for (first, ..) in STARTED {
        said.push(row(HEADING, first)?[3].clone());
    }
    let tried: Vec<_> = OTHERWISE.iter().map(|it| it.0).collect();
    ensure!(said.join(", ") == tried.join(", "), "{said:?}");
    Ok(())
}

fn compare(command: &str, on_terminal: &str, in_pipe: &str) -> anyhow::Result<()> {
    for (wanted, script) in [
        (on_terminal, &["script", "-qec", command, "/dev/null"][..]),
        (in_pipe, &["sh", "-c", command]),
    ] {
        let folder = tempfile::tempdir()?;
        in_repository(folder.path())?;
        let shown = looks(script, folder.path())?;
        ensure!(
            shown == wanted,
            "{script:?}: {shown}, and the page: {wanted}"
        );
    }
    Ok(())
}

fn looks(command: &[&str], folder: &Path) -> anyhow::Result<String> {
    // Of the variables that change what is shown (CI, NO_COLOR, LESS and others) none
    // is taken over.
    let mut started = Command::new(command[0]);
    started
        .args(&command[1..])
        .current_dir(folder)
        .env_clear()
        .envs(env::var_os("PATH").map(|path| ("PATH", path)))
        .env("GIT_PAGER", "sed 's/^/paged: /'")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("SHELL", "/bin/sh")
        .env("TERM", "xterm");
    let output = started
        .stdin(Stdio::null())
        .output()
        .context("starting it")?;
    ensure!(output.status.success(), "{command:?}: {output:?}");
    let shown = [output.stdout, output.stderr].concat();
    let shown = String::from_utf8_lossy(&shown).replace("\r\n", "\n");
    let mut looks = Vec::new();
    if has_colours(&shown) {
        looks.push("colours");
    }
    if shown.contains("paged: ") {
        looks.push("pager");
    }
    if shown.contains('\r') {
        looks.push("progress");
    }
    if looks.is_empty() {
        looks.push("plain");
    }
    Ok(looks.join(", "))
}

/// "Select graphic rendition", console_codes(4): numbers between `ESC [` and an `m`.
fn has_colours(shown: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || c == ';';
    let mut escapes = shown.split("\x1b[").skip(1);
    escapes.any(|it| it.trim_start_matches(is_number).starts_with('m'))
}
