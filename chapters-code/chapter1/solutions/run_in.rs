//! # The tool that lies there
//!
//! An absolute path has one reading, from whatever folder it is read. So both
//! libraries run the same tool, and `dir` and `PWD` agree. To change our own
//! directory instead would move every thread of this process.

use anyhow::{Context, Result};
use duct::cmd;
use std::fs;
use std::path::Path;

pub fn run_in(folder: &Path, tool: &str) -> Result<String> {
    let folder = fs::canonicalize(folder)
        .with_context(|| format!("looking for {}", folder.display()))?;
    cmd!(folder.join(tool))
        .dir(&folder)
        .env("PWD", &folder)
        .read()
        .with_context(|| format!("running {tool} in {}", folder.display()))
}

#[cfg(test)]
#[path = "../checks/run_in.rs"]
mod checks;
