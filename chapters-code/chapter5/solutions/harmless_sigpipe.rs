//! # The one harmless failure
//!
//! The right script is checked, so its failure is an error of `run`. The error
//! shows the command as Rust would write it, with each quotation mark escaped;
//! `with_context` puts the script before it as it is. If `run` returns `Ok`, a status other than 0 can only be the
//! left one's: `unchecked` gave up the error and kept the information. Were the
//! right one unchecked too, signal 13 could be either's. 141 is what a shell
//! says of a command that 13 has ended, and what any script can say. Whoever
//! wants both statuses in hand starts the two with the standard library, waits
//! for both, and looks at each.

use anyhow::{Context, Result, ensure};
use duct::cmd;
use std::os::unix::process::ExitStatusExt;

const SIGPIPE: i32 = 13;

pub fn piped(left: &str, right: &str) -> Result<String> {
    let output = cmd!("sh", "-c", left)
        .unchecked()
        .pipe(cmd!("sh", "-c", right))
        .stdout_capture()
        .run()
        .with_context(|| right.to_owned())?;
    let status = output.status;
    let harmless = status.success() || status.signal() == Some(SIGPIPE);
    ensure!(harmless, "{left}: {status}");
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
#[path = "../checks/harmless_sigpipe.rs"]
mod checks;
