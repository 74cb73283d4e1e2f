//! # A report that is whole, or as it was
//!
//! `write_report` runs a program, with its stdout going into a file. If the
//! program is missing, or fails half way, the old report is lost.
//!
//! Mend it. The file must be there with its old contents until the new ones
//! are complete. While the program runs, it can read the old file at `path`. A
//! process that has the old file open can go on reading the old contents, even
//! after the replacement. If the program cannot be started, or fails, or `path`
//! cannot be replaced, that is an `Err`, and all is as it was: where there was
//! no file, there is none. The name `{path}.new` is yours to use meanwhile.
//! Nothing else may be left in any folder, on success or on failure.

use anyhow::Result;
use duct::cmd;

pub fn write_report(path: &str, program: &str, args: &[&str]) -> Result<()> {
    cmd(program, args).stdout_path(path).run()?;
    Ok(())
}

#[cfg(test)]
#[path = "../checks/whole_report.rs"]
mod checks;
