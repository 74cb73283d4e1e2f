//! An archive: files in one folder, in `NAME.tar.xz`. The same files make the same
//! archive on every machine.

mod tar;

use anyhow::{Context, ensure};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The name of every file that is made of the book, up to what says its kind.
pub(crate) const NAME: &str = "subprocess-ye-hua-load";

/// Where a system has `xz`, for whoever misses it.
pub(crate) const XZ_IS: &str = "your system has it as xz or xz-utils";

/// How `xz` is called. Chapters have much in common that a dictionary reaches only
/// if it is larger than a chapter's program; more threads would cut it in pieces. A
/// higher preset takes five times as long for a tenth less.
const XZ: [&str; 3] = ["--stdout", "--threads=1", "--lzma2=preset=1,dict=64MiB"];

/// What is packed as it lies in the book's folder.
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// The files of an archive by their paths in it, in the order of their names.
pub(crate) struct Contents(BTreeMap<String, Content>);

enum Content {
    File(PathBuf),
    Text(String),
}

impl Contents {
    /// The licences of the book at `root`, and a `README.txt`.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub(crate) fn with(root: &Path, readme: &str) -> anyhow::Result<Contents> {
        let mut contents = Contents(BTreeMap::new());
        for name in LICENCES {
            contents.add(&root.join(name), name)?;
        }
        contents.add_text("README.txt", readme.to_owned());
        Ok(contents)
    }

    pub(crate) fn add_file(&mut self, path: &str, file: PathBuf) {
        self.0.insert(path.to_owned(), Content::File(file));
    }

    pub(crate) fn add_text(&mut self, path: &str, text: String) {
        self.0.insert(path.to_owned(), Content::Text(text));
    }

    /// Adds a file, or all below a folder. What is not there is not added, nor what
    /// an editor left.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub(crate) fn add(&mut self, from: &Path, path: &str) -> anyhow::Result<()> {
        let is_left = |name: &OsStr| {
            let name = name.as_encoded_bytes();
            name.starts_with(b".") || name.ends_with(b"~") || name == b"__pycache__"
        };
        if from.is_file() {
            self.add_file(path, from.to_owned());
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
    fn write(&self, folder: &str, out: &mut impl Write) -> anyhow::Result<()> {
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

    /// Writes `NAME.tar.xz` into `folder`, and returns its path. It unpacks to one folder
    /// of that name.
    ///
    /// # Errors
    /// There is no `xz`, or a file cannot be read or written.
    pub(crate) fn pack(&self, folder: &Path, name: &str) -> anyhow::Result<PathBuf> {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        let archive = folder.join(format!("{name}.tar.xz"));
        // Half an archive has another name.
        let partial = folder.join(format!("{name}.partial"));
        let file =
            File::create(&partial).with_context(|| format!("writing {}", partial.display()))?;
        let mut xz = Command::new("xz")
            .args(XZ)
            .stdin(Stdio::piped())
            .stdout(file)
            .spawn()
            .context("starting xz")?;
        let mut out = BufWriter::new(xz.stdin.take().context("its stdin is a pipe")?);
        let written = self.write(name, &mut out);
        // Its end is what xz waits for.
        drop(out);
        let status = xz.wait().context("waiting for xz")?;
        ensure!(status.success(), "xz ended with {status}");
        written?;
        fs::rename(&partial, &archive).with_context(|| format!("writing {}", archive.display()))?;
        Ok(archive)
    }
}
