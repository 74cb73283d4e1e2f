//! Programs that a test writes or copies, and starts.

use anyhow::Context;
use duct::cmd;
use std::path::Path;

/// Writes a file that everybody may execute.
///
/// A process of its own writes it. Had this one the file open for writing, a child
/// that another thread starts meanwhile would have it open too until its exec, and a
/// start of the file would fail with ETXTBSY.
///
/// # Errors
/// `sh` cannot be started, or cannot write it.
pub fn write(path: &Path, text: impl Into<Vec<u8>>) -> anyhow::Result<()> {
    let program = r#"cat >"$0" && chmod 755 "$0""#;
    let written = cmd!("sh", "-c", program, path).stdin_bytes(text).run();
    written.with_context(|| format!("writing {}", path.display()))?;
    Ok(())
}

/// Copies a file that may be executed, by a process of its own, as [`write`] does.
///
/// # Errors
/// `cp` cannot be started, or cannot copy it.
pub fn copy(file: &Path, to: &Path) -> anyhow::Result<()> {
    let copied = cmd!("cp", file, to).run();
    copied.with_context(|| format!("copying {} to {}", file.display(), to.display()))?;
    Ok(())
}
