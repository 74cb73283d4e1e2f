//! # A stranger's words
//!
//! Visitors of a web page search for a word in a file of notes. One visitor
//! types the word, and another visitor has chosen the file's name. Then one of
//! the two finds a way to run programs on your machine.
//!
//! Mend `lines_with`. It returns the lines of a file that have the word in
//! them, as `grep -F` prints them; if there are none, an empty text. The file
//! lies in the working directory. The word is a single line. `lines_with` takes
//! the word and the file's name as they are written, whatever they hold and
//! whatever they begin with. A file that is not there is an error.

use anyhow::{Result, bail};
use duct::cmd;

pub fn lines_with(word: &str, file: &str) -> Result<String> {
    let script = format!("grep -F '{word}' '{file}'");
    let output = cmd!("sh", "-c", script)
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
