//! "It asks, and waits for an answer".

use super::page::{each_row, row};
use super::stdin::in_repository;
use super::web;
use crate::loopback::{self, Ssh};
use crate::table;
use anyhow::{Context, ensure};
use duct::cmd;
use libtest_mimic::Trial;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tests::terminal::Terminal;
use tests::{executable, harness};

const HEADING: &str = "It asks, and waits for an answer";

/// How a row's question comes about: a command for a shell in a prepared folder, and
/// the same with the row's option.
type Asks = fn(&Path) -> anyhow::Result<(String, String)>;

const ASKS: [(&str, &str, Asks); 5] = [
    ("`password:`", "ssh", |folder| {
        ssh(folder, "-o StrictHostKeyChecking=no")
    }),
    (
        "`Are you sure you want to continue connecting`",
        "ssh",
        |folder| ssh(folder, "-o StrictHostKeyChecking=ask"),
    ),
    ("`Username for`", "git", |_| {
        let url = web::address() + "secret";
        let git = format!("git -c credential.helper= ls-remote {url}");
        let git = format!("GIT_CONFIG_GLOBAL=/dev/null no_proxy='*' {git}");
        Ok((git.clone(), format!("GIT_TERMINAL_PROMPT=0 {git}")))
    }),
    ("`already exists. Overwrite? [y/N]`", "ffmpeg", |folder| {
        fs::write(folder.join("it.wav"), "")?;
        let rest = "-v error -f lavfi -i sine -t 1 it.wav";
        Ok((format!("ffmpeg {rest}"), format!("ffmpeg -nostdin {rest}")))
    }),
    ("an editor", "git", |folder| {
        in_repository(folder)?;
        let editor = folder.join("editor");
        let text = "#!/bin/sh\ntest -t 0 && test -t 1 && echo an editor\nread x\n";
        executable::write(&editor, text)?;
        let git = "git commit --allow-empty";
        let with = format!("GIT_EDITOR={} {git}", editor.display());
        Ok((with, format!("GIT_EDITOR=true {git}")))
    }),
];

pub fn tests() -> Vec<Trial> {
    let mut tests = vec![harness::test("questions: each row is tried", || {
        each_row(HEADING, &ASKS.map(|it| it.0))
    })];
    for (first, program, asks) in ASKS {
        let missing = loopback::missing(&[program, "script"]);
        let name = format!("questions: {first}");
        tests.push(harness::needing(name, &missing, move || holds(first, asks)));
    }
    tests
}

fn holds(first: &str, asks: Asks) -> anyhow::Result<()> {
    let row = row(HEADING, first)?;
    let folder = tempfile::tempdir()?;
    let (command, with_option) = asks(folder.path())?;
    // One that asks at its stdin has the terminal there; the others ask in spite of it.
    let stdin = if row[1].contains("/dev/tty") {
        " </dev/null"
    } else {
        ""
    };
    let mut terminal = Terminal::running(&format!("{command}{stdin}"), folder.path(), &[])?;
    terminal.shows(first.trim_matches('`'))?;
    drop(terminal);

    let options = table::code(&row[2]);
    let (option, wanted) = (&*options[0], &*options[1]);
    ensure!(with_option.contains(option), "{option}: {with_option}");
    let (status, words) = of_script(&format!("{with_option} 2>&1{stdin}"), folder.path())?;
    ensure!(words.contains(wanted), "{wanted}: {words}");
    let code = format!(": {}, ", status.code().context("it was killed")?);
    ensure!(row[2].contains(&code), "{status}: {}", row[2]);
    if row[1].contains("/dev/tty") {
        let alone = cmd!("setsid", "-w", "sh", "-c", command).dir(folder.path());
        let alone = alone.stdin_null().stderr_capture().unchecked().run()?;
        ensure!(
            alone.status.code() == status.code(),
            "no terminal: {alone:?}"
        );
    }
    Ok(())
}

/// How it ends on a terminal, and what it says there.
fn of_script(command: &str, folder: &Path) -> anyhow::Result<(std::process::ExitStatus, String)> {
    let mut script = Command::new("script");
    script
        .args(["-qec", command, "/dev/null"])
        .current_dir(folder);
    script
        .env("LC_ALL", "C")
        .env("SHELL", "/bin/sh")
        .stdin(Stdio::null());
    let output = script.output().context("script")?;
    Ok((
        output.status,
        String::from_utf8_lossy(&output.stdout).into_owned(),
    ))
}

/// To a server of this machine that knows no key of ours. `BatchMode` is left to the
/// row, and the option comes first: ssh takes the first that it is given.
fn ssh(folder: &Path, option: &str) -> anyhow::Result<(String, String)> {
    let server = Ssh::server(folder)?;
    let rest = format!(
        "-F none -o IdentityFile=none -o IdentityAgent=none {option} \
         -o UserKnownHostsFile=/dev/null -o GlobalKnownHostsFile=/dev/null \
         -o ProxyCommand='{server}' there true"
    );
    Ok((
        format!("ssh {rest}"),
        format!("ssh -o BatchMode=yes {rest}"),
    ))
}
