//! An exercise's name, and where its files lie.

use anyhow::bail;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// `chapter5/whose_status`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExerciseName {
    /// The package: `chapter5`.
    pub chapter: String,
    /// The test target, and the file: `whose_status`.
    pub name: String,
}

impl ExerciseName {
    /// The reader's own file, relative to the book's root, as are all others.
    pub fn file(&self) -> PathBuf {
        self.exercises().join(format!("{}.rs", self.name))
    }

    /// The file as the book gives it, to compare with and to give back.
    pub fn given(&self) -> PathBuf {
        let given = self.exercises().join("given");
        given.join(format!("{}.rs", self.name))
    }

    /// Its hints, and what its check says of it as it is given.
    pub fn settings(&self) -> PathBuf {
        self.exercises().join(format!("{}.toml", self.name))
    }

    pub fn solution(&self) -> PathBuf {
        let solutions = self.folder().join("solutions");
        solutions.join(format!("{}.rs", self.name))
    }

    /// What both the exercise and its solution must pass.
    pub fn check(&self) -> PathBuf {
        self.folder()
            .join("checks")
            .join(format!("{}.rs", self.name))
    }

    /// The solution's test target.
    pub fn solution_target(&self) -> String {
        format!("{}_solution", self.name)
    }

    /// What a reader types to check it.
    pub fn command(&self) -> String {
        format!("cargo test -p {} --test {}", self.chapter, self.name)
    }

    fn folder(&self) -> PathBuf {
        Path::new("chapters-code").join(&self.chapter)
    }

    fn exercises(&self) -> PathBuf {
        self.folder().join("exercises")
    }
}

/// The one of `known` that is most like `wanted`, for "did you mean". Without
/// its chapter an exercise is meant as well as with it, and whoever knows how a
/// name begins is not far from it.
pub fn nearest<'a>(
    known: impl IntoIterator<Item = &'a ExerciseName>,
    wanted: &str,
) -> Option<&'a ExerciseName> {
    known.into_iter().min_by_key(|name| {
        let begins = name.to_string().starts_with(wanted) || name.name.starts_with(wanted);
        if begins && !wanted.is_empty() {
            return 0;
        }
        let whole = strsim::damerau_levenshtein(&name.to_string(), wanted);
        whole.min(strsim::damerau_levenshtein(&name.name, wanted))
    })
}

impl fmt::Display for ExerciseName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.chapter, self.name)
    }
}

impl FromStr for ExerciseName {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let plain = |part: &str| {
            let allowed = |c: char| c.is_ascii_alphanumeric() || "_-".contains(c);
            !part.is_empty() && part.chars().all(allowed)
        };
        match text.split_once('/') {
            Some((chapter, name)) if plain(chapter) && plain(name) => Ok(ExerciseName {
                chapter: chapter.to_owned(),
                name: name.to_owned(),
            }),
            _ => bail!("`{text}` is not an exercise's name: write chapter5/whose_status"),
        }
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
        }
    }

    #[test]
    fn a_slip_is_near_its_name_with_and_without_the_chapter() {
        let names = ["chapter2/both_streams", "chapter5/whose_status"];
        let names = names.map(|name| name.parse().unwrap());
        for slip in ["chapter5/whos_status", "whose_statu", "who", "chapter5/"] {
            assert_eq!(nearest(&names, slip), Some(&names[1]), "{slip}");
        }
    }
}
