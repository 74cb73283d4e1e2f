//! # The first line that says so
//!
//! `first` stops at the first line with the word and at the first `Err`, so no
//! way out passes by the end of the child. `kill` ends it, and `wait` waits for
//! it alone, whoever else holds the pipe. To read on to the end after the kill
//! would wait for those as well. A child that has closed its stdout may still
//! be at work: it is not killed, since its status is what was asked for. With
//! duct's `reader`, ask `try_wait` after the kill, until it is not `Ok(None)`.

use anyhow::{Result, ensure};
use std::io::{self, BufRead, BufReader, Read};
use std::process::{Command, Stdio};

pub fn first_with(
    word: &str,
    program: &str,
    args: &[&str],
) -> Result<Option<String>> {
    let mut command = Command::new(program);
    let mut child = command.args(args).stdout(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take();
    let found = stdout.and_then(|stdout| first(word, stdout));
    if found.is_some() {
        child.kill()?;
    }
    let status = child.wait()?;
    ensure!(found.is_some() || status.success(), "{program}: {status}");
    Ok(found.transpose()?)
}

fn first(word: &str, stdout: impl Read) -> Option<io::Result<String>> {
    BufReader::new(stdout).lines().find(|line| match line {
        Ok(line) => line.contains(word),
        Err(_) => true,
    })
}

#[cfg(test)]
#[path = "../checks/wait_for_line.rs"]
mod checks;
