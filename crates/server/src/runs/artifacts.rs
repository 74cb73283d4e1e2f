//! Files that runs leave for the reader: the last few, and not too large.

use serde::Serialize;
use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tempfile::TempDir;

/// The largest file that is offered, in bytes.
const MAX_FILE_BYTES: u64 = 16 << 20;

/// How many files of one run are offered.
const MAX_FILES: usize = 16;

/// What one run may leave, in bytes: so the newest is never too much for all.
const MAX_RUN_BYTES: u64 = MAX_BYTES / 2;

/// What is kept of all runs together: the oldest go first.
const MAX_RUNS: usize = 8;
const MAX_BYTES: u64 = 128 << 20;

/// A file that a run left.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Artifact {
    pub(crate) name: String,
    pub(crate) bytes: u64,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// The file is larger than what is kept, or one of too many, or too much with
    /// those before it, and is gone.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) too_large: bool,
}

/// What the last runs left.
#[derive(Default)]
pub(crate) struct Artifacts(Mutex<VecDeque<Left>>);

/// What one run left.
struct Left {
    id: String,
    folder: TempDir,
    files: Vec<Artifact>,
}

impl Artifacts {
    /// Keeps the files of a finished run, or removes its folder if it left
    /// none.
    pub(crate) fn keep(&self, id: &str, folder: TempDir) -> Vec<Artifact> {
        let files = sift(folder.path());
        if files.iter().all(|file| file.too_large) {
            return files;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(Left {
            id: id.to_owned(),
            folder,
            files: files.clone(),
        });
        while kept.len() > MAX_RUNS || kept.iter().map(Left::bytes).sum::<u64>() > MAX_BYTES {
            kept.pop_front();
        }
        files
    }

    /// Where a file of a run is, and of what type. Only what was offered has a
    /// name here, so a path that leads elsewhere finds nothing.
    pub(crate) fn find(&self, id: &str, name: &str) -> Option<(PathBuf, &'static str)> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = kept.iter().find(|left| left.id == id)?;
        let mut offered = left.files.iter().filter(|file| !file.too_large);
        let file = offered.find(|file| file.name == name)?;
        Some((left.folder.path().join(&file.name), file.kind))
    }
}

impl Left {
    fn bytes(&self) -> u64 {
        let offered = self.files.iter().filter(|file| !file.too_large);
        offered.map(|file| file.bytes).sum()
    }
}

/// The files of a folder in the order of their names; all that is not offered
/// is removed, so that what is kept is bounded.
///
/// A run may have removed its folder, or taken itself the right to look into one: what
/// cannot be read is not offered, and what cannot be removed is in nobody's way.
fn sift(folder: &Path) -> Vec<Artifact> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        match entry.file_name().into_string() {
            Ok(name) if metadata.is_file() => files.push(Artifact {
                kind: kind(&name),
                bytes: metadata.len(),
                too_large: metadata.len() > MAX_FILE_BYTES,
                name,
            }),
            _ => {
                let _ = match metadata.is_dir() {
                    true => fs::remove_dir_all(entry.path()),
                    false => fs::remove_file(entry.path()),
                };
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let mut bytes = 0;
    for (at, file) in files.iter_mut().enumerate() {
        file.too_large |= at >= MAX_FILES || bytes + file.bytes > MAX_RUN_BYTES;
        if file.too_large {
            let _ = fs::remove_file(folder.join(&file.name));
        } else {
            bytes += file.bytes;
        }
    }
    files.truncate(2 * MAX_FILES);
    files
}

/// The media type of a file, by its name. A page or a script that a run left is text: it is
/// not to be opened as one of ours.
fn kind(name: &str) -> &'static str {
    let (_, extension) = name.rsplit_once('.').unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "wav" => "audio/wav",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "flac" => "audio/flac",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "txt" | "log" | "csv" | "json" | "md" | "html" | "js" | "rs" | "py" => {
            "text/plain; charset=utf-8"
        }
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_files_are_offered_and_only_by_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        fs::write(path.join("tone.wav"), b"RIFF").unwrap();
        fs::create_dir_all(path.join("inner/most")).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", path.join("passwd")).unwrap();
        let large = fs::File::create(path.join("large")).unwrap();
        large.set_len(MAX_FILE_BYTES + 1).unwrap();
        let artifacts = Artifacts::default();
        let files = artifacts.keep("r1", folder);
        let names: Vec<_> = files.iter().map(|it| (&*it.name, it.too_large)).collect();
        assert_eq!(names, [("large", true), ("tone.wav", false)]);
        assert!(artifacts.find("r1", "tone.wav").is_some());
        for name in [
            "large",
            "passwd",
            "inner",
            "",
            ".",
            "..",
            "../tone.wav",
            "/etc/passwd",
        ] {
            assert!(artifacts.find("r1", name).is_none(), "{name}");
        }
        assert!(artifacts.find("r2", "tone.wav").is_none());
        assert_eq!(fs::read_dir(path).unwrap().count(), 1);
    }

    #[test]
    fn only_the_last_runs_are_kept() {
        let artifacts = Artifacts::default();
        let mut folders = Vec::new();
        for run in 0..MAX_RUNS + 2 {
            let folder = tempfile::tempdir().unwrap();
            folders.push(folder.path().to_owned());
            fs::write(folder.path().join("a.txt"), "a").unwrap();
            artifacts.keep(&run.to_string(), folder);
        }
        let there: Vec<_> = folders.iter().map(|folder| folder.exists()).collect();
        assert_eq!(there[..2], [false; 2]);
        assert_eq!(there[2..], [true; MAX_RUNS]);
    }

    /// A run that leaves as many files as are offered, each as large as may be.
    fn keep_the_most(artifacts: &Artifacts, id: &str) -> Vec<Artifact> {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..MAX_FILES {
            let file = fs::File::create(folder.path().join(format!("{number:02}")));
            file.unwrap().set_len(MAX_FILE_BYTES).unwrap();
        }
        artifacts.keep(id, folder)
    }

    #[test]
    fn what_is_offered_is_there() {
        let artifacts = Artifacts::default();
        for id in ["r1", "r2"] {
            let files = keep_the_most(&artifacts, id);
            let (offered, gone): (Vec<_>, Vec<_>) = files.iter().partition(|it| !it.too_large);
            let found = |file: &&Artifact| artifacts.find(id, &file.name).is_some();
            assert!(
                !offered.is_empty() && offered.iter().all(found),
                "{files:?}"
            );
            assert!(!gone.iter().any(found), "{files:?}");
            let bytes: u64 = offered.iter().map(|file| file.bytes).sum();
            assert!(bytes < MAX_BYTES, "{bytes}");
        }
        assert!(artifacts.find("r1", "00").is_some());
    }

    #[test]
    fn a_folder_that_is_gone_is_no_fault_of_the_run() {
        let folder = tempfile::tempdir().unwrap();
        fs::remove_dir(folder.path()).unwrap();
        assert!(Artifacts::default().keep("r1", folder).is_empty());
    }

    #[test]
    fn a_run_that_leaves_nothing_leaves_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        assert!(Artifacts::default().keep("r1", folder).is_empty());
        assert!(!path.exists());
    }
}
