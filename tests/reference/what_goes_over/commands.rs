//! The commands, methods and keywords that the page names for an attribute.

use super::estate::{Estate, behind, said};
use anyhow::{Context, ensure};
use regex::Regex;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

/// A descriptor's number in the heir.
const PLACE: &str = "50";

const IN_PYTHON: &str = "import subprocess, sys
sys.exit(subprocess.run(sys.argv[1:], KEYWORD).returncode)";

/// A span that looks at `PID` sees what was arranged. One that starts `CMD`, a
/// method of `Command`, or a keyword of `Popen` gives it to a child.
pub fn hold(estate: &Estate, name: &str, span: &str) -> anyhow::Result<()> {
    let keyword = Regex::new(r"^[a-z_]+=.")?;
    if span.contains("PID") && span.contains(' ') {
        return sees(estate, name, span);
    }
    let show = ["show", name];
    let program = estate.program().display().to_string();
    let starts = if span.contains("CMD") {
        let command = format!("'{program}' {} '{name}'", show[0]);
        let mut bash = estate.command("bash")?;
        bash.args(["-c", &span.replace("CMD", &command)]);
        bash
    } else if span.starts_with('.') && span.contains('(') {
        estate.heir(&["start", name, span])?
    } else if keyword.is_match(span) {
        let mut python = estate.command("python3")?;
        python.args(["-c", &IN_PYTHON.replace("KEYWORD", span), &program]);
        python.args(show);
        python
    } else {
        return Ok(());
    };
    differs(estate, name, starts)
}

/// The child shows something else than one for which nobody did anything.
pub fn differs(estate: &Estate, name: &str, mut command: Command) -> anyhow::Result<()> {
    let Some(seen) = said(&mut command)? else {
        return Ok(());
    };
    let fresh = estate.run(&["show", name])?.unwrap_or_default();
    let (seen, fresh) = (behind(&seen, "shows ")?, behind(&fresh, "shows ")?);
    ensure!(seen != fresh, "{command:?} changes nothing: {seen}");
    Ok(())
}

/// The command's words for a process that has arranged the attribute are others
/// than for two that have not, and those are equal.
fn sees(estate: &Estate, name: &str, span: &str) -> anyhow::Result<()> {
    let look = |is_idle| -> anyhow::Result<String> {
        let mut heir = estate.heir(&["hold", name])?;
        heir.stdin(Stdio::piped()).stdout(Stdio::piped());
        if is_idle {
            heir.env("HEIR_IDLE", "1").arg0("heir");
        }
        let heir = Held(heir.spawn()?);
        let (heir, pid) = heir.ready()?;
        let command = span.replace("PID", &pid).replace("FD", PLACE);
        let looked = Command::new("sh").args(["-c", &command]).output()?;
        drop(heir);
        let seen = [looked.stdout, looked.stderr].concat();
        without_chance(&String::from_utf8_lossy(&seen), &pid)
    };
    let (idle, again, arranged) = (look(true)?, look(true)?, look(false)?);
    ensure!(idle == again, "two that did nothing: {idle:?}, {again:?}");
    let is_refused = arranged.contains("not permitted");
    ensure!(
        idle != arranged || is_refused,
        "it shows nothing: {arranged:?}"
    );
    Ok(())
}

/// What differs between any two processes: the pid, rooms, pipes, times and days.
fn without_chance(seen: &str, pid: &str) -> anyhow::Result<String> {
    let chance = format!(
        r"\b{pid}\b|/\d+\b|pipe:\[\d+\]|\d+:\d\d|[A-Z][a-z][a-z] +\d+|ino:\s*\d+|\d{{4}}-\d\d-\d\d"
    );
    Ok(Regex::new(&chance)?.replace_all(seen, "_").into_owned())
}

/// A process that lives until its stdin ends.
struct Held(Child);

impl Held {
    /// It says its pid when it has arranged all: what was started can be its tracer.
    fn ready(mut self) -> anyhow::Result<(Held, String)> {
        let stdout = self.0.stdout.take().context("a pipe")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let pid = behind(&line, "ready ")?.to_owned();
        Ok((self, pid))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // A failed wait leaves a zombie, and no wrong verdict.
        let _ = self.0.wait();
    }
}
