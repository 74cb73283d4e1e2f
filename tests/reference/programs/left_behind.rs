//! "What they leave behind".

use super::page::{PAGE, each_row};
use super::signals::until;
use super::stdin::in_repository;
use crate::loopback::{self, Ssh};
use crate::table;
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use rustix::fs::{OFlags, fcntl_getfl};
use rustix::process::{Pid, Signal, kill_process};
use std::fs::{self, File};
use std::io::{Read, pipe};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tests::{executable, harness};

const HEADING: &str = "What they leave behind";

type Shows = fn(&Path) -> anyhow::Result<()>;

const SHOWN: [(&str, &[&str], Shows); 6] = [
    (
        "`ssh HOST 'job &'` does not return.",
        &["ssh"],
        background_job,
    ),
    (
        "An `ssh` is still there after mine has ended.",
        &["ssh"],
        master,
    ),
    (
        "My capture of `git commit` does not end, though git has.",
        &["git"],
        hook,
    ),
    (
        "git has ended, and a `git` still packs.",
        &["git", "strace"],
        detached,
    ),
    ("`index.lock': File exists`, status 128", &["git"], lock),
    (
        "After node was killed, my writes fail with EAGAIN.",
        &["node"],
        non_blocking,
    ),
];

/// Rows that another row or page shows, or that cannot be run here.
const ELSEWHERE: [&str; 3] = [
    "[Signals](#signals)",
    "*Cited*: [docker run](https://",
    "{{#ref ",
];

pub fn tests() -> Vec<Trial> {
    let mut tests = vec![harness::test("left behind: each row is tried", each)];
    for (first, needs, shows) in SHOWN {
        let missing = loopback::missing(needs);
        let name = format!("left behind: {first}");
        tests.push(harness::needing(name, &missing, move || {
            shows(tempfile::tempdir()?.path())
        }));
    }
    tests
}

fn each() -> anyhow::Result<()> {
    let rows = table::rows(PAGE, HEADING)?;
    let is_elsewhere = |row: &&table::Row| ELSEWHERE.iter().any(|it| row[1].contains(it));
    let (elsewhere, here): (Vec<_>, Vec<_>) = rows.iter().partition(is_elsewhere);
    ensure!(elsewhere.len() == ELSEWHERE.len(), "{elsewhere:?}");
    let here: Vec<_> = here.iter().map(|row| row[0].as_str()).collect();
    ensure!(here == SHOWN.map(|it| it.0), "{here:?}");
    each_row(
        HEADING,
        &rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(),
    )
}

/// A job that lives until somebody opens its fifo, and then says so.
fn job(folder: &Path) -> anyhow::Result<String> {
    let fifo = folder.join("fifo");
    duct::cmd!("mkfifo", &fifo).run()?;
    Ok(format!("cat {}", fifo.display()))
}

/// Lets the job end: it says the last words.
fn release(folder: &Path) -> anyhow::Result<()> {
    Ok(fs::write(folder.join("fifo"), "last words\n")?)
}

fn background_job(folder: &Path) -> anyhow::Result<()> {
    let (ssh, job) = (Ssh::new()?, job(folder)?);
    let mut held = ssh.command(&["there", &format!("{job} & echo started")]);
    let mut held = held.stdout(Stdio::piped()).spawn()?;
    let mut stdout = held.stdout.take().context("piped")?;
    let mut first = [0; 8];
    stdout.read_exact(&mut first)?;
    // ssh has waited for the job if what the job says at its end still comes.
    release(folder)?;
    let mut rest = String::new();
    stdout.read_to_string(&mut rest)?;
    ensure!(rest == "last words\n" && held.wait()?.success(), "{rest}");

    let script = format!("{job} >/dev/null 2>&1 </dev/null & echo started");
    let output = ssh.command(&["there", &script]).output()?;
    ensure!(output.stdout == b"started\n", "{output:?}");
    // The job is still there: nobody else opens its fifo.
    release(folder)
}

fn master(folder: &Path) -> anyhow::Result<()> {
    let ssh = Ssh::new()?;
    let path = format!("ControlPath={}", folder.join("master").display());
    let options = [
        "-o",
        "ControlMaster=auto",
        "-o",
        "ControlPersist=60",
        "-o",
        &path,
    ];
    ensure!(
        ssh.command(&[&options[..], &["there", "true"]].concat())
            .status()?
            .success()
    );
    let ask = |order: &str| {
        let mut ssh = ssh.command(&["-o", &path, "-O", order, "there"]);
        ssh.stderr(Stdio::null()).status()
    };
    ensure!(ask("check")?.success(), "no master");
    ensure!(ask("exit")?.success(), "the master stays");
    until("the end of the master", || {
        Ok(!folder.join("master").exists())
    })?;

    let without = [
        &["-o", "ControlPath=none"][..],
        &options,
        &["there", "true"],
    ]
    .concat();
    ensure!(ssh.command(&without).status()?.success());
    ensure!(
        !ask("check")?.success(),
        "a master, though nobody wanted one"
    );
    Ok(())
}

/// Makes `text` the repository's hook of that name.
fn add_hook(folder: &Path, name: &str, text: &str) -> anyhow::Result<()> {
    let hook = folder.join(".git/hooks").join(name);
    fs::create_dir_all(folder.join(".git/hooks"))?;
    executable::write(&hook, format!("#!/bin/sh\n{text}\n"))
}

fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.args(arguments).current_dir(folder).stdin(Stdio::null());
    git.env("LC_ALL", "C");
    git
}

fn hook(folder: &Path) -> anyhow::Result<()> {
    in_repository(folder)?;
    let job = job(folder)?;
    let commit = ["commit", "-q", "--allow-empty", "-m", "it"];
    add_hook(folder, "post-commit", &format!("{job} &"))?;
    let mut held = git(folder, &commit);
    let mut held = held.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    ensure!(held.wait()?.success());
    release(folder)?;
    let mut said = String::new();
    let (stdout, stderr) = (held.stdout.take(), held.stderr.take());
    stdout.context("piped")?.read_to_string(&mut said)?;
    stderr.context("piped")?.read_to_string(&mut said)?;
    ensure!(said == "last words\n", "nobody held the pipe: {said}");

    add_hook(folder, "post-commit", &format!("{job} >/dev/null 2>&1 &"))?;
    let output = git(folder, &commit).output()?;
    ensure!(
        output.status.success() && output.stdout.is_empty(),
        "{output:?}"
    );
    release(folder)
}

/// strace sees whether git calls `setsid`.
fn detached(folder: &Path) -> anyhow::Result<()> {
    in_repository(folder)?;
    for number in 0..2 {
        fs::write(folder.join(format!("it{number}")), number.to_string())?;
        ensure!(git(folder, &["add", "."]).status()?.success());
    }
    for (option, wanted) in [("gc.autoDetach=true", true), ("gc.autoDetach=false", false)] {
        let copy = tempfile::tempdir()?;
        duct::cmd!("cp", "-r", folder.join(".git"), copy.path()).run()?;
        let trace = copy.path().join("trace");
        let traced = ["-f", "-qq", "-e", "trace=setsid", "-e", "signal=none", "-o"];
        // More than one object for each of 256 folders is more than this limit: so says
        // git-config(1) of gc.auto, and one folder is counted.
        for text in 0..600 {
            fs::write(copy.path().join(text.to_string()), text.to_string())?;
        }
        ensure!(git(copy.path(), &["add", "."]).status()?.success());
        let mut strace = Command::new("strace");
        strace.args(traced).arg(&trace).arg("git");
        strace.args([
            "-c",
            "gc.auto=1",
            "-c",
            option,
            "-c",
            "maintenance.autoDetach=true",
        ]);
        let strace = strace.args(["gc", "--auto", "-q"]).current_dir(copy.path());
        ensure!(strace.status()?.success());
        let seen = fs::read_to_string(&trace)?.contains("setsid(");
        ensure!(seen == wanted, "{option}: a session of its own: {seen}");
    }
    Ok(())
}

fn lock(folder: &Path) -> anyhow::Result<()> {
    in_repository(folder)?;
    let job = job(folder)?;
    fs::write(folder.join("it"), "it")?;
    ensure!(git(folder, &["add", "it"]).status()?.success());
    fs::write(folder.join("it"), "another")?;
    add_hook(
        folder,
        "pre-commit",
        &format!(": >hooked; exec {job} >/dev/null"),
    )?;
    let mut killed = git(folder, &["commit", "-q", "-a", "-m", "it"]).spawn()?;
    until("the hook", || Ok(folder.join("hooked").exists()))?;
    killed.kill()?;
    killed.wait()?;
    release(folder)?;
    let output = git(folder, &["add", "it"]).output()?;
    let said = String::from_utf8(output.stderr)?;
    ensure!(output.status.code() == Some(128), "{:?}", output.status);
    ensure!(said.contains("index.lock': File exists"), "{said}");
    fs::remove_file(folder.join(".git/index.lock"))?;
    ensure!(git(folder, &["add", "it"]).status()?.success());
    Ok(())
}

/// Whether the open file that node wrote to is non-blocking afterwards.
fn non_blocking(_: &Path) -> anyhow::Result<()> {
    for (end, wanted) in [
        (None, false),
        (Some(Signal::TERM), false),
        (Some(Signal::KILL), true),
    ] {
        let (mut reader, writer) = pipe()?;
        let program = match end {
            None => "console.log('it')",
            Some(_) => "console.log('it'); setTimeout(() => {}, 99000)",
        };
        let mut node: Child = Command::new("node")
            .args(["-e", program])
            .stdout(writer.try_clone()?)
            .spawn()?;
        reader.read_exact(&mut [0; 3])?;
        if let Some(signal) = end {
            let pid = Pid::from_raw(node.id().try_into()?).context("a pid")?;
            kill_process(pid, signal)?;
        }
        node.wait()?;
        let writer = File::from(std::os::fd::OwnedFd::from(writer));
        let seen = fcntl_getfl(&writer)?.contains(OFlags::NONBLOCK);
        ensure!(seen == wanted, "{end:?}: O_NONBLOCK: {seen}");
    }
    Ok(())
}
