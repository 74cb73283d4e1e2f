//! A listing's name, and where its files lie.

use anyhow::bail;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// `chapter5/word_count`, or `chapter5/word_count.py` for Python.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ListingName {
    /// The package: `chapter5`.
    pub chapter: String,
    /// What the chapter's command line calls it: `word_count`, `word_count.py`.
    pub name: String,
}

impl ListingName {
    pub fn is_python(&self) -> bool {
        self.name.ends_with(".py")
    }

    /// The source file, relative to the book's root.
    pub fn source(&self) -> PathBuf {
        if self.is_python() {
            self.chapter_folder().join("python").join(&self.name)
        } else {
            let file = format!("{}.rs", self.name);
            self.chapter_folder().join("src/listings").join(file)
        }
    }

    /// The recording, relative to the book's root.
    pub fn recording(&self) -> PathBuf {
        self.recordings().join(format!("{}.jsonl", self.name))
    }

    /// The settings, relative to the book's root; the file may be absent.
    pub fn settings(&self) -> PathBuf {
        self.recordings().join(format!("{}.toml", self.name))
    }

    /// A file that stays with the recording, relative to the book's root; `file`
    /// is the name that the run gave it.
    pub fn kept(&self, file: &str) -> PathBuf {
        self.recordings().join(format!("{}.{file}", self.name))
    }

    /// What a reader types to run it.
    pub fn command(&self) -> String {
        format!("cargo run -p {} -- {}", self.chapter, self.name)
    }

    /// Every listing below `root`, chapter by chapter, in alphabetical order.
    ///
    /// # Errors
    /// A folder could not be read.
    pub fn all(root: &Path) -> anyhow::Result<Vec<ListingName>> {
        let mut all = Vec::new();
        for chapter in file_names(&root.join("chapters-code"))? {
            let folder = root.join("chapters-code").join(&chapter);
            let rust = file_names(&folder.join("src/listings"))?;
            let rust = rust.iter().filter_map(|file| file.strip_suffix(".rs"));
            let python = file_names(&folder.join("python"))?;
            let python = python.iter().filter(|file| file.ends_with(".py"));
            all.extend(
                rust.chain(python.map(|file| &**file))
                    .map(|name| ListingName {
                        chapter: chapter.clone(),
                        name: name.to_owned(),
                    }),
            );
        }
        all.sort();
        Ok(all)
    }

    fn chapter_folder(&self) -> PathBuf {
        Path::new("chapters-code").join(&self.chapter)
    }

    fn recordings(&self) -> PathBuf {
        self.chapter_folder().join("recordings")
    }
}

/// The names of what lies in a folder; none where there is no such folder.
fn file_names(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => return Ok(Vec::new()),
        Err(error) => bail!("cannot read {}: {error}", folder.display()),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// The one of `known` that is most like `wanted`, for "did you mean".
pub fn nearest<T: fmt::Display>(known: impl IntoIterator<Item = T>, wanted: &str) -> Option<T> {
    known
        .into_iter()
        .min_by_key(|name| strsim::damerau_levenshtein(&name.to_string(), wanted))
}

impl fmt::Display for ListingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.chapter, self.name)
    }
}

impl FromStr for ListingName {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        let plain = |part: &str| {
            let allowed = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
            !part.is_empty() && !part.starts_with('.') && part.chars().all(allowed)
        };
        match text.split_once('/') {
            Some((chapter, name)) if plain(chapter) && plain(name) => Ok(ListingName {
                chapter: chapter.to_owned(),
                name: name.to_owned(),
            }),
            _ => bail!("`{text}` is not a listing's name: write chapter5/word_count"),
        }
    }
}

impl TryFrom<String> for ListingName {
    type Error = anyhow::Error;

    fn try_from(text: String) -> anyhow::Result<Self> {
        text.parse()
    }
}

impl From<ListingName> for String {
    fn from(name: ListingName) -> String {
        name.to_string()
    }
}
