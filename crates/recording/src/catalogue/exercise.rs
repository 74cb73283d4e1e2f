//! An exercise of the book, with its texts and its code.

use super::fault::{Fault, read_text};
use super::name::ExerciseName;
use super::settings::ExerciseSettings;
use anyhow::Context;
use std::fs;
use std::path::Path;

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
    pub settings: ExerciseSettings,
    pub solution: Solution,
}

/// The book's own solution, which passes the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// Why it is right: its doc comment without the heading, in Markdown.
    pub text: String,
    /// The code after the doc comment.
    pub code: String,
}

impl Exercise {
    /// Every exercise of the book at `root`, in the order of the book: chapter
    /// by chapter, and in a chapter as its manifest names them.
    ///
    /// # Errors
    /// A chapter or an exercise cannot be read, or is not as it should be.
    pub fn all(root: &Path) -> Result<Vec<Exercise>, Fault> {
        let names = ExerciseName::all(root)?.into_iter();
        names.map(|name| Exercise::read(root, name)).collect()
    }

    /// Reads one of the exercises of the book at `root`.
    ///
    /// # Errors
    /// A file of it is missing, or is not what it should be.
    pub fn read(root: &Path, name: ExerciseName) -> Result<Exercise, Fault> {
        let file = name.given();
        if !root.join(&file).is_file() {
            let message = format!("`cargo run -- record {name}` makes it from the exercise");
            return Err(Fault::of(file, message));
        }
        Exercise::of(root, name, &file)
    }

    /// Reads an exercise from the reader's own file, to be kept as the one that
    /// the book gives.
    ///
    /// # Errors
    /// As [`Exercise::read`].
    pub fn as_it_is(root: &Path, name: ExerciseName) -> Result<Exercise, Fault> {
        let file = name.file();
        Exercise::of(root, name, &file)
    }

    fn of(root: &Path, name: ExerciseName, file: &Path) -> Result<Exercise, Fault> {
        for other in [name.root(), name.check(), name.solution()] {
            if !root.join(&other).is_file() {
                let message = format!("the exercise {name} has no {}", other.display());
                return Err(Fault::of(file, message));
            }
        }
        let given = read_text(root, file)?;
        let (title, task, code) = parts(&given, file, "what to do")?;
        let file = name.solution();
        let solution = read_text(root, &file)?;
        let (_, text, solved) = parts(&solution, &file, "why it is so")?;
        Ok(Exercise {
            title,
            task,
            code: code.to_owned(),
            settings: ExerciseSettings::read(root, &name)?,
            solution: Solution {
                text,
                code: solved.to_owned(),
            },
            given,
            name,
        })
    }

    /// Whether the reader has a file of their own that differs from the one that the
    /// book gives.
    pub fn is_begun(&self, root: &Path) -> bool {
        let file = self.name.file();
        root.join(&file).exists() && read_text(root, &file).map_or(true, |own| own != self.given)
    }

    /// Writes the file that the book gives, `exercises/given/NAME.rs`.
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
fn parts<'a>(source: &'a str, file: &Path, says: &str) -> Result<(String, String, &'a str), Fault> {
    let (doc, code) = split(source);
    let (heading, text) = doc.split_once('\n').unwrap_or((&doc, ""));
    let title = heading.strip_prefix("# ").map(str::trim);
    let Some(title) = title.filter(|title| !title.is_empty()) else {
        let message = "it must begin with its title: //! # A runner that cannot hang";
        return Err(Fault::of(file, message));
    };
    let text = text.trim();
    if text.is_empty() {
        let message = format!("the doc comment must say {says}");
        return Err(Fault::of(file, message));
    }
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

    const SOURCE: &str = "//! # Title\n//!\n//! Do it.\n\nfn a() {}\n";

    fn book(manifest: &str) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let chapter = root.path().join("chapters-code/chapter1");
        for folder in ["exercises/given", "solutions", "checks"] {
            fs::create_dir_all(chapter.join(folder)).unwrap();
        }
        let source = SOURCE;
        let settings = "minutes = 10\nfails = \"it\"\nhints = [\"a\", \"b\", \"c\"]\n";
        for name in ["b", "a"] {
            for folder in ["exercises/given", "solutions", "checks"] {
                fs::write(chapter.join(format!("{folder}/{name}.rs")), source).unwrap();
            }
            fs::write(chapter.join(format!("exercises/{name}.test.rs")), "").unwrap();
            fs::write(chapter.join(format!("exercises/{name}.toml")), settings).unwrap();
        }
        fs::write(chapter.join("Cargo.toml"), manifest).unwrap();
        root
    }

    fn targets(names: &[&str], test: bool) -> String {
        let targets = names.iter().map(|name| {
            format!(
                "[[test]]\nname = \"{name}\"\npath = \"exercises/{name}.test.rs\"\ntest = {test}\n\
                 [[test]]\nname = \"{name}_solution\"\npath = \"solutions/{name}.rs\"\n"
            )
        });
        targets.collect()
    }

    #[test]
    fn the_manifest_gives_the_order() {
        let book = book(&targets(&["b", "a"], false));
        let all = Exercise::all(book.path()).unwrap();
        let names: Vec<_> = all.iter().map(|it| it.name.to_string()).collect();
        assert_eq!(names, ["chapter1/b", "chapter1/a"]);
        assert_eq!(all[0].title, "Title");
        assert_eq!(all[0].task, "Do it.");
    }

    #[test]
    fn an_exercise_that_every_test_run_meets_is_refused() {
        let book = book(&targets(&["b", "a"], true));
        let error = Exercise::all(book.path()).unwrap_err().to_string();
        assert!(error.contains("needs `test = false`"), "{error}");
    }

    #[test]
    fn an_exercise_that_no_target_names_is_refused() {
        let book = book(&targets(&["b"], false));
        let error = Exercise::all(book.path()).unwrap_err().to_string();
        assert!(error.contains("is in no [[test]]"), "{error}");
    }

    #[test]
    fn a_readers_own_file_is_begun_once_it_differs() {
        let book = book(&targets(&["b", "a"], false));
        let a = Exercise::all(book.path()).unwrap().remove(1);
        let own = book.path().join(a.name.file());
        assert!(!a.is_begun(book.path()), "it is not there");
        assert_eq!(a.name.checked(book.path()), a.name.given());
        for (text, is_begun) in [
            (SOURCE.to_owned(), false),
            (SOURCE.replace('\n', "\r\n"), false),
            ("mine".to_owned(), true),
        ] {
            fs::write(&own, &text).unwrap();
            assert_eq!(a.is_begun(book.path()), is_begun, "{text:?}");
        }
        assert_eq!(a.name.checked(book.path()), a.name.file());
    }

    #[test]
    fn a_readers_file_of_an_exercise_that_is_no_more_stays() {
        let book = book(&targets(&["b", "a"], false));
        let old = book.path().join("chapters-code/chapter1/exercises/old.rs");
        fs::write(old, "mine").unwrap();
        assert_eq!(Exercise::all(book.path()).unwrap().len(), 2);
    }

    #[test]
    fn two_hints_are_too_few() {
        let book = book(&targets(&["b", "a"], false));
        let settings = book.path().join("chapters-code/chapter1/exercises/a.toml");
        let two = "minutes = 10\nfails = \"it\"\nhints = [\"a\", \"b\"]\n";
        fs::write(settings, two).unwrap();
        let error = Exercise::all(book.path()).unwrap_err().to_string();
        assert!(error.contains("has 3 hints, and this one 2"), "{error}");
    }
}
