//! What those that start programs change, and what a set-user-ID program finds.

use super::estate;
use super::estate::{Estate, PAGE, USER, behind, can_be_another_user, said};
use super::rows::name;
use crate::table;
use anyhow::{Context, ensure};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

const SUBPROCESS: &str = "import subprocess, sys; subprocess.run(sys.argv[1:], check=True)";
const ASYNCIO: &str = "import asyncio, sys
async def main():
    child = await asyncio.create_subprocess_exec(*sys.argv[1:])
    sys.exit(await child.wait())
asyncio.run(main())";
const SYSTEM: &str = "import os, shlex, sys; sys.exit(os.system(shlex.join(sys.argv[1:])) >> 8)";
const POSIX_SPAWN: &str = "import os, sys
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
sys.exit(os.waitpid(child, 0)[1])";

/// Behind each column of the page: ways of a prepared process to start a program
/// which looks at itself. `;` keeps a shell from becoming it.
const COLUMNS: [&[&[&str]]; 5] = [
    &[&["std"], &["duct"]],
    &[
        &["exec", "python3", "-c", SUBPROCESS],
        &["exec", "python3", "-c", ASYNCIO],
    ],
    &[
        &["exec", "python3", "-c", SYSTEM],
        &["exec", "python3", "-c", POSIX_SPAWN],
    ],
    &[&["exec", "bash", "-c", "\"$@\"; exit $?", "x"]],
    &[&["exec", "dash", "-c", "\"$@\"; exit $?", "x"]],
];

/// In the background; a shell waits for it, so that its output is complete.
const BACKGROUND: [&[&[&str]]; 2] = [
    &[&["exec", "bash", "-c", "\"$@\" & wait", "x"]],
    &[&["exec", "dash", "-c", "\"$@\" & wait", "x"]],
];

/// What the child's own files say of it.
const LOOK: [&str; 3] = ["sh", "-c", "exec sed -n '/^Sig[BI]/p' /proc/self/status"];
const LOOK_AT_DESCRIPTOR: [&str; 3] = [
    "sh",
    "-c",
    "[ -e /proc/self/fd/50 ] && echo place open || echo place closed",
];

pub fn starters() -> anyhow::Result<()> {
    let estate = Estate::new()?;
    let mut wrong = Vec::new();
    for row in table::rows(PAGE, "What a starter changes")? {
        let is_background = row[0].contains('&');
        let ways = if is_background {
            &BACKGROUND[..]
        } else {
            &COLUMNS
        };
        for (cell, ways) in row[row.len() - ways.len()..].iter().zip(ways) {
            for way in *ways {
                let seen = look_of(&estate, way, &row[0])?;
                if seen.as_ref().is_some_and(|seen| seen != cell) {
                    wrong.push(format!("{}, by {way:?}: {cell}, but {seen:?}", row[0]));
                }
            }
        }
    }
    masks(&estate, &mut wrong)?;
    two_of_its_own(&estate, &mut wrong)?;
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

fn prepared(estate: &Estate, way: &[&str], look: &[&str]) -> estate::Said {
    let mut words = vec!["prepared"];
    words.extend(way);
    words.extend(look);
    said(&mut estate.heir(&words)?)
}

fn look_of(estate: &Estate, way: &[&str], what: &str) -> anyhow::Result<Option<String>> {
    if what.contains("descriptor") {
        let seen = prepared(estate, way, &LOOK_AT_DESCRIPTOR)?;
        return Ok(seen.map(|seen| seen.trim().replace("place ", "")));
    }
    let Some(seen) = prepared(estate, way, &LOOK)? else {
        return Ok(None);
    };
    let ignored = u64::from_str_radix(behind(&seen, "SigIgn:")?, 16)?;
    let bits = match what.split(' ').next() {
        Some("SIGPIPE") => 1 << (libc::SIGPIPE - 1),
        Some("SIGXFSZ") => 1 << (libc::SIGXFSZ - 1),
        Some("USR2") => 1 << (libc::SIGUSR2 - 1),
        Some("INT") => 1 << (libc::SIGINT - 1) | 1 << (libc::SIGQUIT - 1),
        _ => anyhow::bail!("which signal is {what}?"),
    };
    let word = match ignored & bits {
        0 => "default",
        some if some == bits => "ignored",
        _ => "some ignored",
    };
    Ok(Some(word.to_owned()))
}

/// USR1 is blocked in the child, whoever starts it, but for the one dash.
fn masks(estate: &Estate, wrong: &mut Vec<String>) -> anyhow::Result<()> {
    let of_dash = |way: &[&str]| way.contains(&"dash") || way.contains(&SYSTEM);
    for way in COLUMNS.concat() {
        let Some(seen) = prepared(estate, way, &LOOK)? else {
            continue;
        };
        let blocked = u64::from_str_radix(behind(&seen, "SigBlk:")?, 16)?;
        let is_blocked = blocked & 1 << (libc::SIGUSR1 - 1) != 0;
        if is_blocked == of_dash(way) && !(of_dash(way) && is_another_dash()?) {
            wrong.push(format!("USR1 blocked, by {way:?}: {is_blocked}"));
        }
    }
    Ok(())
}

/// The two that glibc 2.36 leaves ignored.
fn two_of_its_own(estate: &Estate, wrong: &mut Vec<String>) -> anyhow::Result<()> {
    let version = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let version = version.map(|it| String::from_utf8_lossy(&it.stdout).into_owned());
    if version.unwrap_or_default().trim() != "glibc 2.36" {
        return Ok(());
    }
    let seen = prepared(estate, &["std"], &LOOK)?.unwrap_or_default();
    let ignored = u64::from_str_radix(behind(&seen, "SigIgn:")?, 16)?;
    if ignored & 0x1_8000_0000 != 0x1_8000_0000 {
        wrong.push(format!("signals 32 and 33: {ignored:x}"));
    }
    Ok(())
}

/// The page's sentence is about Debian 12's.
fn is_another_dash() -> anyhow::Result<bool> {
    let asked = Command::new("dpkg-query")
        .args(["-W", "-f=${Version}", "dash"])
        .stderr(Stdio::null())
        .output();
    let version = asked.map(|it| String::from_utf8_lossy(&it.stdout).into_owned());
    Ok(!version.unwrap_or_default().starts_with("0.5.12"))
}

/// Each row, by an ordinary user who starts a program of root.
pub fn set_user_id() -> anyhow::Result<()> {
    if !can_be_another_user() {
        println!("only root can make a program of root, and start it as another user");
        return Ok(());
    }
    let estate = Estate::new()?;
    let mut wrong = Vec::new();
    for row in table::rows(PAGE, "Set-user-ID programs")? {
        let name = name(&row[0]);
        let seen = match name.as_str() {
            "user and group ids" => ids(&estate)?,
            "dumpable" => dumpable(&estate)?,
            _ => over(&estate, &name)?,
        };
        if !row[1].starts_with(seen) {
            wrong.push(format!("{name}: {seen}"));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// The heir as another user, in a room with the program.
fn as_user(estate: &Estate, more: &[&str], program: &str) -> anyhow::Result<Command> {
    let mut command = estate.command(USER[0])?;
    let room = command.get_current_dir().context("a room")?.to_owned();
    let copy = room.join("set-user-id");
    estate.copy_to(&copy)?;
    fs::set_permissions(&copy, Permissions::from_mode(0o4755))?;
    command.args(&USER[1..]).args(more).arg(program);
    Ok(command)
}

fn over(estate: &Estate, name: &str) -> anyhow::Result<&'static str> {
    let program = estate.program().display().to_string();
    let said_by = said(as_user(estate, &[], &program)?.args(["set-user-id", name]))?;
    let fresh = said(as_user(estate, &[], "./set-user-id")?.args(["show", name]))?;
    let (said_by, fresh) = (
        said_by.context("not allowed")?,
        fresh.context("not allowed")?,
    );
    let (before, after) = (behind(&said_by, "before ")?, behind(&said_by, "shows ")?);
    let fresh = behind(&fresh, "shows ")?;
    ensure!(before != fresh, "{name}: nothing was arranged: {fresh}");
    match after {
        _ if after == before => Ok("**kept**"),
        _ if after == fresh => Ok("**reset**"),
        _ => anyhow::bail!("{name}: {after}"),
    }
}

fn ids(estate: &Estate) -> anyhow::Result<&'static str> {
    let show = ["show", "user and group ids"];
    let plain = said(as_user(estate, &[], "./set-user-id")?.args(show))?.unwrap_or_default();
    let tied = ["--no-new-privs"];
    let tied = said(as_user(estate, &tied, "./set-user-id")?.args(show))?.unwrap_or_default();
    ensure!(plain.starts_with("shows 54321 0 0 "), "{plain}");
    ensure!(tied.starts_with("shows 54321 54321 54321 "), "{tied}");
    Ok(
        "the effective and the saved user id are the owner's, the real one stays. With `no_new_privs` none",
    )
}

fn dumpable(estate: &Estate) -> anyhow::Result<&'static str> {
    let seen = said(as_user(estate, &[], "./set-user-id")?.args(["show", "dumpable"]))?;
    let rule = fs::read_to_string("/proc/sys/fs/suid_dumpable")?;
    let seen = seen.unwrap_or_default();
    ensure!(behind(&seen, "shows ")? == rule.trim(), "{seen}, {rule}");
    Ok("**reset** to what `/proc/sys/fs/suid_dumpable` says")
}

/// Handlers of `pthread_atfork` run where a process is doubled.
pub fn posix_spawn() -> anyhow::Result<()> {
    let estate = Estate::new()?;
    let rows = table::rows(PAGE, "posix_spawn and vfork")?;
    for (column, ways) in [(1, &["fork", "pre_exec"][..]), (2, &["std"])] {
        for way in ways {
            let told = estate.run(&["doubles", way])?.unwrap_or_default();
            let seen = match behind(&told, "told ")? {
                "0" => "do not run;",
                _ => "run;",
            };
            ensure!(rows[0][column].starts_with(seen), "{way}: {seen}");
        }
    }
    for row in &rows[1..] {
        ensure!(
            row[2].contains("*Cited*") && row[2].contains("https://man7.org/"),
            "{row:?}"
        );
    }
    Ok(())
}

/// The double waits in a futex for the lock that std took for it. It is seen
/// there; how long it has been there decides nothing.
pub fn set_var() -> anyhow::Result<()> {
    let estate = Estate::new()?;
    let mut heir = estate
        .heir(&["start", "environment", "pre_exec"])?
        .spawn()?;
    let children = format!("/proc/{0}/task/{0}/children", heir.id());
    let double = loop {
        let listed = fs::read_to_string(&children)?;
        let double = listed.split_whitespace().next().map(str::to_owned);
        let waits = double.as_ref().is_some_and(|double| {
            let call = fs::read_to_string(format!("/proc/{double}/syscall"));
            call.is_ok_and(|call| call.starts_with(&format!("{} ", libc::SYS_futex)))
        });
        if waits || heir.try_wait()?.is_some() {
            break double;
        }
        std::thread::yield_now();
    };
    let has_ended = heir.try_wait()?.is_some();
    if let Some(double) = double {
        let pid = rustix::process::Pid::from_raw(double.parse()?).context("a pid")?;
        rustix::process::kill_process(pid, rustix::process::Signal::KILL)?;
    }
    heir.wait()?;
    ensure!(!has_ended, "the start has returned");
    Ok(())
}
