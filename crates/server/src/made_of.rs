//! What a book was made of, as reports and archives say it.

use mdbook_driver::config::Config;
use mdbook_listing::repository;
use recording::MadeOf;
use std::path::Path;
use std::process::Command;

/// What the book at `root` is made of here: the address of its source, if its
/// settings or the environment have it, and those versions that can be found out.
pub fn made_of(root: &Path) -> MadeOf {
    let config = Config::from_disk(root.join("book.toml")).and_then(|mut config| {
        config.update_from_env()?;
        Ok(config)
    });
    let commit = said(root, "git", &["rev-parse", "--short", "HEAD"]);
    let commit = commit.map_or_else(String::new, |it| format!(", commit {it}"));
    let book = format!("the book {}{commit}", env!("CARGO_PKG_VERSION"));
    let rust = said(root, "rustc", &["--version"]);
    MadeOf {
        repository: config.ok().as_ref().and_then(repository),
        versions: rust.into_iter().chain([book]).collect(),
    }
}

/// What a program says of itself, in a line.
pub(crate) fn said(folder: &Path, program: &str, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    let output = command.args(arguments).current_dir(folder).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}
