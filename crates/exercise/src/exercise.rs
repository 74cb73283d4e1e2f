//! An exercise, read.

use crate::name::ExerciseName;
use crate::settings::Settings;
use anyhow::{Context, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// An exercise as the book gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exercise {
    pub name: ExerciseName,
    /// The heading of its doc comment.
    pub title: String,
    /// What to do: the rest of its doc comment, in Markdown.
    pub task: String,
    /// The code after the doc comment.
    pub code: String,
    /// The whole file.
    pub given: String,
    pub settings: Settings,
    pub solution: Solution,
}

/// Ours, which the check passes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// Why it is so: its doc comment without the heading, in Markdown.
    pub text: String,
    /// The code after the doc comment.
    pub code: String,
}

impl Exercise {
    /// Reads one of the exercises of the book at `root`.
    ///
    /// # Errors
    /// A file of it is missing, or is not what it should be.
    pub fn read(root: &Path, name: ExerciseName) -> anyhow::Result<Exercise> {
        let path = name.given();
        let given = fs::read_to_string(root.join(&path));
        let given = given.with_context(|| {
            let path = path.display();
            format!("{path}: `cargo run -- record {name}` makes it from the exercise")
        })?;
        Exercise::of(root, name, path, given)
    }

    /// The reader's own file, as if the book gave it.
    ///
    /// # Errors
    /// As [`Exercise::read`].
    pub fn as_it_is(root: &Path, name: ExerciseName) -> anyhow::Result<Exercise> {
        let path = name.file();
        let own = fs::read_to_string(root.join(&path));
        let own = own.with_context(|| path.display().to_string())?;
        Exercise::of(root, name, path, own)
    }

    fn of(
        root: &Path,
        name: ExerciseName,
        path: PathBuf,
        given: String,
    ) -> anyhow::Result<Exercise> {
        for file in [name.check(), name.solution()] {
            let there = root.join(&file).is_file();
            ensure!(there, "the exercise {name} has no {}", file.display());
        }
        let (title, task, code) = parts(&given, &path, "what to do")?;
        let path = name.solution();
        let solution = fs::read_to_string(root.join(&path));
        let solution = solution.with_context(|| path.display().to_string())?;
        let (_, text, solved) = parts(&solution, &path, "why it is so")?;
        Ok(Exercise {
            title,
            task,
            code: code.to_owned(),
            settings: Settings::read(root, &name)?,
            solution: Solution {
                text,
                code: solved.to_owned(),
            },
            given,
            name,
        })
    }

    /// Whether the reader's own file differs from the one that the book gives.
    pub fn is_begun(&self, root: &Path) -> bool {
        let own = fs::read(root.join(self.name.file()));
        own.map_or(true, |own| own != self.given.as_bytes())
    }

    /// Keeps it as the file that the book gives.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep(&self, root: &Path) -> anyhow::Result<()> {
        let path = root.join(self.name.given());
        let folder = path.parent().unwrap_or(root);
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, &self.given));
        written.with_context(|| format!("writing {}", self.name.given().display()))
    }
}

/// The title, the text below it, and the code. `says` is what the text must
/// say.
fn parts<'a>(
    source: &'a str,
    path: &Path,
    says: &str,
) -> anyhow::Result<(String, String, &'a str)> {
    let path = path.display();
    let (doc, code) = split(source);
    let (heading, text) = doc.split_once('\n').unwrap_or((&doc, ""));
    let title = heading.strip_prefix("# ").map(str::trim);
    let title = title.filter(|title| !title.is_empty());
    let title = title.with_context(|| {
        format!("{path}: it must begin with its title: //! # A runner that cannot hang")
    })?;
    let text = text.trim();
    ensure!(!text.is_empty(), "{path}: the doc comment must say {says}");
    Ok((title.to_owned(), text.to_owned(), code))
}

/// The text of the doc comment at the beginning of a file, and what follows.
fn split(source: &str) -> (String, &str) {
    let mut doc = String::new();
    let mut rest = source;
    while let Some(after) = rest.strip_prefix("//!") {
        let (line, after) = after.split_once('\n').unwrap_or((after, ""));
        doc.push_str(line.strip_prefix(' ').unwrap_or(line));
        doc.push('\n');
        rest = after;
    }
    (doc, rest.trim_start_matches('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_doc_comment_is_the_task() {
        let source = "//! # Title\n//!\n//! Do it.\n//!\n//!     code\n\nfn a() {}\n//! no\n";
        let (doc, code) = split(source);
        assert_eq!(doc, "# Title\n\nDo it.\n\n    code\n");
        assert_eq!(code, "fn a() {}\n//! no\n");
    }
}
