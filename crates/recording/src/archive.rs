//! The book in an archive: its pages rendered and its programs compiled, for a
//! machine that has neither Rust nor the book's source. `openbook pack` makes it.

use crate::catalogue::{Fault, read_toml};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What an archive holds besides `chapters-code`, where the sources of listings and
/// their recordings lie as in a checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// The folder that was unpacked.
    pub root: PathBuf,
    pub made_of: MadeOf,
}

/// What an archive was made of: its mark says so.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MadeOf {
    /// The address of the book's source, if it was known.
    pub repository: Option<String>,
    /// The versions of the compiler and of the book, one a line of a report.
    pub versions: Vec<String>,
}

impl Archive {
    /// The program that opens the book; it lies in the archive's folder.
    pub const OPEN: &str = "open";
    /// The folder of the other programs, a chapter's by its name.
    pub const PROGRAMS: &str = "programs";
    /// The folder of the rendered pages.
    pub const PAGES: &str = "pages";
    /// The file by which the folder of an archive is known.
    pub const MARK: &str = "archive.toml";

    /// The archive that was unpacked at `root`; `None` if that is none.
    ///
    /// # Errors
    /// Its mark cannot be read.
    pub fn at(root: &Path) -> Result<Option<Archive>, Fault> {
        let made_of = read_toml(root, Path::new(Archive::MARK))?;
        Ok(made_of.map(|made_of| Archive {
            root: root.to_owned(),
            made_of,
        }))
    }

    pub fn programs(&self) -> PathBuf {
        self.root.join(Archive::PROGRAMS)
    }

    pub fn pages(&self) -> PathBuf {
        self.root.join(Archive::PAGES)
    }
}

impl MadeOf {
    /// The text of an archive's mark.
    ///
    /// # Errors
    /// There is no form of it in TOML.
    pub fn mark(&self) -> anyhow::Result<String> {
        Ok(toml::to_string(self)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn an_archive_is_known_by_its_mark() {
        let folder = tempfile::tempdir().unwrap();
        let at = || Archive::at(folder.path());
        assert_eq!(at(), Ok(None));
        let made_of = MadeOf {
            repository: Some("https://example.org/cooks/book".to_owned()),
            versions: vec!["rustc 1.95.0".to_owned()],
        };
        let mark = folder.path().join(Archive::MARK);
        fs::write(&mark, made_of.mark().unwrap()).unwrap();
        assert_eq!(at().unwrap().unwrap().made_of, made_of);
        fs::write(&mark, "versions = 1\n").unwrap();
        assert!(at().is_err());
    }
}
