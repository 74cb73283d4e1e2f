//! # A stranger's words
//!
//! No shell reads the word or the file's name. `--` keeps `grep` from taking
//! the word for an option, and `./` does the same for the file's name. `--`
//! alone is not enough for a file that is named `-`: `grep` takes a `-` for its
//! stdin, even if `--` stands before it. Instead of `--` you could write `-e`
//! before the word, and instead of the name you could call `stdin_path(file)`.

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
