//! # The tool that lies there
//!
//! A build runs `./configure` in the folder of each library, and each time its
//! own `configure` runs.
//!
//! Mend `run_in`, with duct or with the standard library. It runs the program
//! `tool` that lies in `folder`, with `folder` as its working directory, and
//! returns what it prints, without the newline at the end. `folder` may be
//! relative or absolute. `PWD` is the folder's absolute path for the tool;
//! all its other variables are ours. A tool that is missing there, or that
//! fails, is an error. Our own working directory does not change.

use anyhow::{Context, Result};
use duct::cmd;
use std::path::Path;

pub fn run_in(folder: &Path, tool: &str) -> Result<String> {
    cmd!(format!("./{tool}"))
        .dir(folder)
        .read()
        .with_context(|| format!("running {tool} in {}", folder.display()))
}

#[cfg(test)]
#[path = "../checks/run_in.rs"]
mod checks;
