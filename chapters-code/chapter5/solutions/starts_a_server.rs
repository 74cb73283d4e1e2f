//! # A script that starts a server
//!
//! A file needs no end: when the script has ended, all that it wrote is there,
//! whoever else holds the file. And a server can write to it as long as the
//! disk has room, while a pipe that nobody reads would stop it, and one that
//! nobody holds would end it. The file is opened twice, so that our reading has
//! an offset of its own, and it loses its name at once: it goes when the server
//! goes. We read as much as the file holds when the script has ended: a quick
//! server could go on writing faster than we read, and no end would come. In a
//! project, `tempfile` chooses the name. A thread that reads the pipe, and a
//! short sleep after the script's end, is a race: on a busy day the last bytes
//! are read after the sleep, or never.

use anyhow::Result;
use duct::cmd;
use std::fs::{self, File};
use std::io::{Read, read_to_string};
use std::{env, process, thread};

pub fn said(script: &str) -> Result<String> {
    let (process, thread) = (process::id(), thread::current().id());
    let path = env::temp_dir().join(format!("said-{process}-{thread:?}"));
    let stdout = File::create_new(&path)?;
    let answer = File::open(&path);
    fs::remove_file(&path)?;
    cmd!("sh", "-c", script).stdout_file(stdout).run()?;
    let answer = answer?;
    let length = answer.metadata()?.len();
    Ok(read_to_string(answer.take(length))?)
}

#[cfg(test)]
#[path = "../checks/starts_a_server.rs"]
mod checks;
