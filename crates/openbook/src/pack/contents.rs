//! What an archive holds.

use super::tar;
use anyhow::Context;
use recording::Archive;
use recording::catalogue::{self, CHAPTERS};
use run::chapters::Chapters;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The archive's own `README.txt`.
const README: &str = include_str!("README.txt");

/// What is packed of each chapter, and of the phrasebook.
const OF_A_CHAPTER: [&str; 5] = [
    "Cargo.toml",
    "src/listings",
    "src/phrases",
    "python",
    "recordings",
];

/// What is packed as it lies in the book's folder.
const AS_IT_IS: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// The files of an archive by their paths in it, in the order of their names.
pub(super) struct Contents(BTreeMap<String, Content>);

enum Content {
    File(PathBuf),
    Text(String),
}

impl Contents {
    /// Renders the book's pages, and gathers all the rest. What is made for that lies
    /// in `folder`.
    ///
    /// # Errors
    /// The book has problems, or a file cannot be read or written.
    pub(super) fn of(
        root: &Path,
        chapters: &BTreeSet<&str>,
        programs: &Chapters,
        folder: &Path,
    ) -> anyhow::Result<Contents> {
        let mut contents = Contents(BTreeMap::new());
        contents.add_programs(chapters, programs, folder)?;
        let pages = folder.join("pages");
        server::build_packed_book(root, &pages)?;
        contents.add(&pages, Archive::PAGES)?;
        for chapter in catalogue::chapters(root)? {
            for part in OF_A_CHAPTER {
                let path = format!("{CHAPTERS}/{chapter}/{part}");
                contents.add(&root.join(&path), &path)?;
            }
        }
        for name in AS_IT_IS {
            contents.add(&root.join(name), name)?;
        }
        contents.add_text("README.txt", README.to_owned());
        let mark = server::made_of(root).mark();
        contents.add_text(Archive::MARK, mark.context("writing the archive's mark")?);
        Ok(contents)
    }

    /// Chapters keep their line tables, by which a row of an X-ray names a line of
    /// the listing.
    fn add_programs(
        &mut self,
        chapters: &BTreeSet<&str>,
        programs: &Chapters,
        folder: &Path,
    ) -> anyhow::Result<()> {
        for (name, program) in programs.binaries() {
            let path = match name {
                "openbook" => Archive::OPEN.to_owned(),
                _ => format!("{}/{name}", Archive::PROGRAMS),
            };
            let file = match chapters.contains(name) {
                true => program.to_owned(),
                false => stripped(program, &folder.join(name))?,
            };
            self.0.insert(path, Content::File(file));
        }
        Ok(())
    }

    fn add_text(&mut self, path: &str, text: String) {
        self.0.insert(path.to_owned(), Content::Text(text));
    }

    /// Adds a file, or all below a folder. What is not there is not added, nor what
    /// an editor left.
    fn add(&mut self, from: &Path, path: &str) -> anyhow::Result<()> {
        let is_left = |name: &OsStr| {
            let name = name.as_encoded_bytes();
            name.starts_with(b".") || name.ends_with(b"~") || name == b"__pycache__"
        };
        if from.is_file() {
            self.0
                .insert(path.to_owned(), Content::File(from.to_owned()));
        }
        if !from.is_dir() {
            return Ok(());
        }
        let entries = fs::read_dir(from);
        for entry in entries.with_context(|| format!("reading {}", from.display()))? {
            let entry = entry?;
            let name = entry.file_name();
            if !is_left(&name) {
                self.add(&entry.path(), &format!("{path}/{}", name.to_string_lossy()))?;
            }
        }
        Ok(())
    }

    /// Writes the archive, all in one folder of that name.
    ///
    /// # Errors
    /// A file cannot be read, or `out` not be written.
    pub(super) fn write(&self, folder: &str, out: &mut impl Write) -> anyhow::Result<()> {
        for (path, content) in &self.0 {
            let path = format!("{folder}/{path}");
            match content {
                Content::Text(text) => tar::file(out, &path, false, text.as_bytes())?,
                Content::File(file) => {
                    let read = fs::metadata(file).and_then(|it| Ok((it, fs::read(file)?)));
                    let (metadata, bytes) = read.with_context(|| file.display().to_string())?;
                    let is_program = metadata.permissions().mode() & 0o111 != 0;
                    tar::file(out, &path, is_program, &bytes)?;
                }
            }
        }
        tar::end(out)?;
        Ok(out.flush()?)
    }
}

/// A program without what only a debugger wants; where there is no `strip`, as it is.
fn stripped(program: &Path, to: &Path) -> anyhow::Result<PathBuf> {
    let mut strip = Command::new("strip");
    match strip.arg("-S").arg("-o").arg(to).arg(program).status() {
        Ok(status) if status.success() => Ok(to.to_owned()),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).context("starting strip")
        }
        _ => Ok(program.to_owned()),
    }
}
