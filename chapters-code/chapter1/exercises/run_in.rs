//! # The tool that lies there
//!
//! A build should run `./configure` in the folder of each library, with the
//! `configure` that lies in that folder. Each time it runs its own `configure`
//! instead.
//!
//! Mend `run_in`, with duct or with the standard library. It runs the program
//! `tool` from `folder`, with `folder` as the tool's working directory. It
//! returns what the tool prints, without the newline at the end. `folder` may
//! be relative or absolute. The tool's `PWD` is the folder's absolute path, and
//! its other variables are ours. If the tool is missing or fails, `run_in`
//! returns an error. Our own working directory does not change.

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
