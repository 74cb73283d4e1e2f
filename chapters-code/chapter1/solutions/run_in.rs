//! # The tool that lies there
//!
//! An absolute path means the same file in every folder. So both libraries run
//! the same tool, and `dir` and `PWD` agree. If we changed our own directory
//! instead, every thread of this process would change its directory.

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
