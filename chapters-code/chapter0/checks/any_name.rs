use super::state_and_parent;
use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{fs, process, thread};
use trial::{same, trial};

const PAGE: &str = "chapter0-kitchen/who-gets-the-stove.md";

/// A shell that gives itself a name, and waits for a line.
const NAMED: &str = r#"printf %s "$1" >/proc/$$/comm; read -r line"#;

/// Asks about a process of that name that is asleep.
fn right_for(name: &[u8]) -> Result<()> {
    let shown = String::from_utf8_lossy(name).replace('\n', "\\n");
    let mut child = Command::new("sh")
        .args(["-c", NAMED, "sh"])
        .arg(OsStr::from_bytes(name))
        .stdin(Stdio::piped())
        .spawn()?;
    let of = format!("/proc/{}", child.id());
    let its_name = [name, b"\n"].concat();
    while fs::read(format!("{of}/comm"))? != its_name || !asleep(&of)? {
        thread::sleep(Duration::from_millis(1));
    }
    let found = state_and_parent(child.id());
    drop(child.stdin.take());
    child.wait()?;
    let found = found.with_context(|| format!("for the name `{shown}`"))?;
    let what = format!("for the name `{shown}`, state and parent");
    same(&what, &found, &('S', process::id()))
}

/// In its read, where it stays: who traces a shell keeps it asleep in other calls.
fn asleep(of: &str) -> Result<bool> {
    let function = fs::read_to_string(format!("{of}/wchan"))?;
    Ok(function.ends_with("pipe_read"))
}

#[test]
fn a_plain_name_is_no_trouble() {
    trial("the state and the parent", || right_for(b"web"))
        .read(PAGE)
        .passes();
}

#[test]
fn blanks_and_brackets_do_not_mislead_it() {
    trial("the state and the parent, whatever the name", || {
        for name in [") R 1 (", "(((", "a) Z 1", "x\n) R 1 7", "web (old)"] {
            right_for(name.as_bytes())?;
        }
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn half_a_letter_does_not_stop_it() {
    trial("the state and the parent, whatever the name", || {
        // The kernel keeps 15 bytes of a name: here, half of the last letter.
        right_for(&"crème brûlée".as_bytes()[..10])
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_process_that_is_not_there_is_an_error() {
    trial("an error, since the process has gone", || {
        let mut child = Command::new("true").spawn()?;
        child.wait()?;
        match state_and_parent(child.id()) {
            Err(_) => Ok(()),
            Ok(found) => bail!("it returned {found:?}"),
        }
    })
    .read(PAGE)
    .passes();
}
