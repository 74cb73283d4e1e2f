//! # Heard in time
//!
//! `listen` runs a shell script and gives each line of its stderr to
//! `on_line`. But it does so when the script has ended. A warning after two
//! seconds is heard after six hours, and a script that waits for an answer to
//! its line waits for ever.
//!
//! Mend it. Each line, without its newline, goes to `on_line` while the script
//! runs, as soon as it is written. What the script writes to stdout goes
//! nowhere, however much it is. `listen` returns the status, whatever it is,
//! and leaves no child.

use anyhow::Result;
use duct::cmd;
use std::process::ExitStatus;

pub fn listen(
    script: &str,
    mut on_line: impl FnMut(&str),
) -> Result<ExitStatus> {
    let output = cmd!("sh", "-c", script)
        .stdout_null()
        .stderr_capture()
        .unchecked()
        .run()?;
    for line in String::from_utf8(output.stderr)?.lines() {
        on_line(line);
    }
    Ok(output.status)
}

#[cfg(test)]
#[path = "../checks/heard_in_time.rs"]
mod checks;
