//! # A report that is whole, or as it was
//!
//! The new contents grow beside the old, on the same file system, and `rename`
//! puts them in place in one step. `and_then` reaches it only if the program
//! has succeeded. All failures come together before the new file is removed,
//! so that no `?` passes by. Its own error would only hide the first one. To
//! keep the output in memory until the end helps against a failing program,
//! and `fs::write` would then truncate the old file all the same. To remove the
//! old file before leaves a moment without any. What a killed run has left as
//! `.new` the next one truncates. In a project, `tempfile` finds a name that
//! nobody has.

use anyhow::{Context, Result};
use duct::cmd;
use std::fs;

pub fn write_report(path: &str, program: &str, args: &[&str]) -> Result<()> {
    let new = format!("{path}.new");
    let written = cmd(program, args).stdout_path(&new).run();
    let replaced = written.and_then(|_| fs::rename(&new, path));
    if replaced.is_err() {
        let _ = fs::remove_file(&new);
    }
    replaced.with_context(|| format!("{path} by {program}"))
}

#[cfg(test)]
#[path = "../checks/whole_report.rs"]
mod checks;
