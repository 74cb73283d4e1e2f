//! The names of listings and exercises, and where their files lie, relative to
//! the book's root.

use anyhow::Context;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Where the chapters lie, a package each.
pub const CHAPTERS: &str = "chapters-code";

/// How the file of an exercise's test target ends. It lies beside the reader's own,
/// so that rustc names that file by a plain path.
pub(super) const ROOT: &str = ".test.rs";

/// `chapter5/word_count`, or `chapter5/word_count.py` for Python.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListingName {
    /// The package: `chapter5`.
    pub chapter: String,
    /// What the chapter's command line calls it: `word_count`, `word_count.py`.
    pub name: String,
}

/// `chapter5/whose_status`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExerciseName {
    /// The package: `chapter5`.
    pub chapter: String,
    /// The test target, and the file: `whose_status`.
    pub name: String,
}

impl ListingName {
    pub fn is_python(&self) -> bool {
        self.name.ends_with(".py")
    }

    pub fn source(&self) -> PathBuf {
        match self.is_python() {
            true => self.below("python", ""),
            false => self.below("src/listings", ".rs"),
        }
    }

    pub fn recording(&self) -> PathBuf {
        self.below("recordings", ".jsonl")
    }

    /// The X-ray of a recorded run; only listings whose settings say `xray` have
    /// one.
    pub fn xray(&self) -> PathBuf {
        self.below("recordings", ".xray.jsonl")
    }

    /// How its output may vary, and what it needs; the file may be absent.
    pub fn settings(&self) -> PathBuf {
        self.below("recordings", ".toml")
    }

    /// A file that stays with the recording; `file` is the name that the run
    /// gave it.
    pub fn kept(&self, file: &str) -> PathBuf {
        self.below("recordings", &format!(".{file}"))
    }

    /// What a reader types to run it.
    pub fn command(&self) -> String {
        format!("cargo run -p {} -- {}", self.chapter, self.name)
    }

    fn below(&self, folder: &str, ending: &str) -> PathBuf {
        path(&self.chapter, folder, &self.name, ending)
    }
}

impl ExerciseName {
    /// The reader's own file; there is none before they open the exercise. Git
    /// ignores it, so that an update of the book leaves it.
    pub fn file(&self) -> PathBuf {
        self.below("exercises", ".rs")
    }

    /// The file as the book gives it, to compare with and to give back.
    pub fn given(&self) -> PathBuf {
        self.below("exercises/given", ".rs")
    }

    /// The file that is checked in the book at `root`: the reader's own, or the given
    /// one as long as there is none.
    pub fn checked(&self, root: &Path) -> PathBuf {
        let own = self.file();
        match root.join(&own).exists() {
            true => own,
            false => self.given(),
        }
    }

    /// What Cargo compiles: it brings in the reader's own file, or else the given one.
    pub fn root(&self) -> PathBuf {
        self.below("exercises", ROOT)
    }

    /// Its hints, and what its check says of it as it is given.
    pub fn settings(&self) -> PathBuf {
        self.below("exercises", ".toml")
    }

    pub fn solution(&self) -> PathBuf {
        self.below("solutions", ".rs")
    }

    /// What both the exercise and its solution must pass.
    pub fn check(&self) -> PathBuf {
        self.below("checks", ".rs")
    }

    /// The solution's test target.
    pub fn solution_target(&self) -> String {
        format!("{}_solution", self.name)
    }

    /// What a reader types to check it.
    pub fn command(&self) -> String {
        format!("cargo test -p {} --test {}", self.chapter, self.name)
    }

    fn below(&self, folder: &str, ending: &str) -> PathBuf {
        path(&self.chapter, folder, &self.name, ending)
    }
}

fn path(chapter: &str, folder: &str, name: &str, ending: &str) -> PathBuf {
    let folder = Path::new(CHAPTERS).join(chapter).join(folder);
    folder.join(format!("{name}{ending}"))
}

/// The chapter and the name; `None` if one of them would lead out of its folder.
fn parts(text: &str) -> Option<(String, String)> {
    let is_plain = |part: &str| {
        let allowed = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
        !part.is_empty() && !part.starts_with('.') && part.chars().all(allowed)
    };
    let (chapter, name) = text.split_once('/')?;
    (is_plain(chapter) && is_plain(name)).then(|| (chapter.to_owned(), name.to_owned()))
}

impl fmt::Display for ListingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.chapter, self.name)
    }
}

impl fmt::Display for ExerciseName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.chapter, self.name)
    }
}

impl FromStr for ListingName {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let (chapter, name) = parts(text).with_context(|| {
            format!("`{text}` is not a listing's name: write chapter5/word_count")
        })?;
        Ok(ListingName { chapter, name })
    }
}

impl FromStr for ExerciseName {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let (chapter, name) = parts(text).with_context(|| {
            format!("`{text}` is not an exercise's name: write chapter5/whose_status")
        })?;
        Ok(ExerciseName { chapter, name })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leads_out_of_its_folder() {
        for text in [
            "",
            "chapter5",
            "../a",
            "chapter5/../a",
            "chapter5/a/b",
            "a/.",
            "/a",
        ] {
            assert!(text.parse::<ExerciseName>().is_err(), "{text}");
            assert!(text.parse::<ListingName>().is_err(), "{text}");
        }
    }
}
