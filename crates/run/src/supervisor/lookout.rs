//! A run that may take only so much of the machine, and is looked at so that it
//! does not take more.

use super::kin;
use crate::bounds::Bounds;
use anyhow::Context;
use recording::{Outcome, Resource};
use rustix::process::{Pid, Rlimit, getrlimit, setrlimit};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Between two looks; longer if a look takes long itself.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// A look may take one such part of the time.
const PART: u32 = 10;

/// What a file takes at least, however little is in it.
const BLOCK: u64 = 4096;

const MIB: u64 = 1 << 20;

pub(super) struct Lookout {
    bounds: Bounds,
    folder: PathBuf,
    /// When to look.
    pub(super) next: Instant,
}

impl Lookout {
    /// Sets the limits that the program inherits from this process, so it must
    /// not have started.
    ///
    /// # Errors
    /// The system refuses.
    pub(super) fn begin(bounds: Bounds, folder: &Path) -> anyhow::Result<Lookout> {
        use rustix::process::Resource::{Data, Fsize};
        for (resource, most) in [
            (Fsize, bounds.file),
            (Data, bounds.memory.saturating_mul(2)),
        ] {
            let ours = getrlimit(resource).maximum;
            let most = Some(ours.map_or(most, |ours| ours.min(most)));
            let limit = Rlimit {
                current: most,
                maximum: most,
            };
            setrlimit(resource, limit).context("limiting files and memory")?;
        }
        Ok(Lookout {
            bounds,
            folder: folder.to_owned(),
            next: Instant::now() + LOOK_AGAIN,
        })
    }

    /// Looks. What the run takes too much of, and how much of it it may take.
    ///
    /// # Errors
    /// The processes cannot be looked at.
    pub(super) fn exceeded(&mut self, group: Pid) -> anyhow::Result<Option<(Resource, u64)>> {
        let began = Instant::now();
        let Bounds {
            processes,
            memory,
            folder,
            ..
        } = self.bounds;
        // ANCHOR: exceeded
        let taken = kin::taken(group)?;
        let found = if taken.processes > processes {
            Some((Resource::Processes, processes))
        } else if taken.memory > memory {
            Some((Resource::Memory, memory / MIB))
        } else if size(&self.folder, folder) > folder {
            Some((Resource::Folder, folder / MIB))
        } else {
            None
        };
        // ANCHOR_END: exceeded
        self.next = Instant::now() + LOOK_AGAIN.max(began.elapsed() * PART);
        Ok(found)
    }

    /// What the program's end says that it took too much of.
    pub(super) fn exceeded_by(&self, outcome: Outcome) -> Option<(Resource, u64)> {
        let file = outcome == Outcome::Signal(libc::SIGXFSZ);
        file.then_some((Resource::File, self.bounds.file / MIB))
    }
}

/// The bytes on the disk below a folder; counted only until they are more than
/// `enough`.
fn size(folder: &Path, enough: u64) -> u64 {
    let mut sum = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        // What has gone since takes no room.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            sum += (metadata.blocks() * 512).max(BLOCK);
            if sum > enough {
                return sum;
            }
            if metadata.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_as_large_as_all_below_it_and_no_link_leads_out_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("a"), vec![1; 1 << 20]).unwrap();
        std::os::unix::fs::symlink("/", folder.path().join("root")).unwrap();
        let found = size(folder.path(), u64::MAX);
        assert!((1 << 20..1 << 21).contains(&found), "{found}");
    }
}
