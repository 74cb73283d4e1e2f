//! # A stranger's words
//!
//! No shell reads the two texts. `--` keeps the word from being an option, and
//! `./` does it for the file. `--` alone is not enough for a file that is
//! named `-`: after it, too, `grep` takes `-` for its stdin. `-e` before the
//! word would do instead of `--`, and `stdin_path(file)` instead of the name.

use anyhow::{Result, bail};
use duct::cmd;

pub fn lines_with(word: &str, file: &str) -> Result<String> {
    let output = cmd!("grep", "-F", "--", word, format!("./{file}"))
        .stdout_capture()
        .unchecked()
        .run()?;
    match output.status.code() {
        // 1 says that no line has the word.
        Some(0 | 1) => Ok(String::from_utf8(output.stdout)?),
        _ => bail!("grep failed: {}", output.status),
    }
}

#[cfg(test)]
#[path = "../checks/strangers_words.rs"]
mod checks;
