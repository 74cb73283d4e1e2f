//! The output file: ours before the source starts, and unharmed until the
//! source works.

use super::wav::{self, Wav};
use anyhow::{Context, bail};
use std::fs::{self, File, FileType, OpenOptions};
use std::io;
use std::os::unix::fs::FileTypeExt;
use std::path::{Display, Path, PathBuf};

/// A file that we may write into. Nothing in it has changed until
/// [`Output::begin`]; dropped before that, it leaves no trace.
pub struct Output {
    path: PathBuf,
    file: File,
    was: Was,
    begun: bool,
}

/// What was there before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Was {
    Nothing,
    File,
    Device,
}

impl Output {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// It exists and `force` is false; it is something that cannot hold a WAV;
    /// it cannot be written.
    pub fn claim(path: &Path, force: bool) -> anyhow::Result<Self> {
        let was = what_is_at(path)?;
        let shown = path.display();
        if was == Was::File && !force {
            bail!(
                "{shown} exists already: choose another --output, or add --force to replace it"
            );
        }
        let mut open = OpenOptions::new();
        open.write(true).create_new(was == Was::Nothing);
        let file = open.open(path).with_context(|| {
            format!("cannot write to {shown}: choose an --output in a folder that exists and is yours")
        })?;
        Ok(Output {
            path: path.to_owned(),
            file,
            was,
            begun: false,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its path, for a message.
    pub fn name(&self) -> Display<'_> {
        self.path.display()
    }

    /// Whether something would be lost by beginning.
    pub fn replaces_a_file(&self) -> bool {
        self.was == Was::File
    }

    /// Empties the file and begins a WAV in it, unbuffered.
    ///
    /// # Errors
    /// It could not be written.
    pub fn begin(&mut self, rate: u32) -> anyhow::Result<Wav<File>> {
        if self.was == Was::File {
            self.file
                .set_len(0)
                .with_context(|| format!("emptying {}", self.path.display()))?;
        }
        let file = self.file.try_clone().context("opening the output twice")?;
        let wav = Wav::new(file, rate)?;
        self.begun = true;
        Ok(wav)
    }

    /// Cuts off what a failed write left behind the last whole chunk.
    pub fn trim(&self, samples: u64) {
        // On a device this fails, and there is nothing to cut.
        let _ = self.file.set_len(wav::HEADER + 2 * samples);
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if self.was == Was::Nothing && !self.begun {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn what_is_at(path: &Path) -> anyhow::Result<Was> {
    let shown = path.display();
    if path == Path::new("-") {
        bail!(
            "- stands for stdout, a pipe perhaps: a WAV's header is written last, \
             so --output must be a file (./- if its name is to be -)"
        );
    }
    let kind = match fs::metadata(path) {
        Ok(metadata) => metadata.file_type(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            refuse_a_link(path)?;
            return Ok(Was::Nothing);
        }
        Err(error) => {
            return Err(error)
                .with_context(|| format!("cannot write to {shown}"));
        }
    };
    match kind {
        _ if kind.is_file() => Ok(Was::File),
        _ if kind.is_char_device() => Ok(Was::Device),
        _ => bail!(
            "{shown} is {}: a WAV's header is written last, so --output must be a file",
            name(kind)
        ),
    }
}

/// A link to nothing cannot become a file: that would be made where the link
/// leads.
fn refuse_a_link(path: &Path) -> anyhow::Result<()> {
    if let Ok(leads_to) = fs::read_link(path) {
        bail!(
            "{} is a link to {}, which is not there: remove it, or choose another --output",
            path.display(),
            leads_to.display()
        );
    }
    Ok(())
}

fn name(kind: FileType) -> &'static str {
    match kind {
        _ if kind.is_dir() => "a folder",
        _ if kind.is_fifo() => "a pipe",
        _ if kind.is_socket() => "a socket",
        _ => "no file",
    }
}
