//! A run's use of the machine, held against its [`Bounds`].

use crate::bounds::Bounds;
use crate::descendants::Descendants;
use anyhow::Context;
use recording::{Outcome, Resource};
use rustix::process::{Rlimit, getrlimit, setrlimit};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The least time between two looks.
const INTERVAL: Duration = Duration::from_millis(50);

/// The time from one look to the next is at least so many times as long as the look
/// took. So looking takes a tenth of the time at most.
const INTERVAL_PER_LOOK: u32 = 10;

/// What a file takes of the disk at least, however little is in it.
const BLOCK_BYTES: u64 = 4096;

const MIB: u64 = 1 << 20;

/// Looks at a run from time to time.
pub(super) struct ResourceWatch {
    bounds: Bounds,
    folder: PathBuf,
    /// When to look next.
    pub(super) next_look: Instant,
}

impl ResourceWatch {
    /// Sets the limits that the program inherits from this process, so it must
    /// not have started.
    ///
    /// # Errors
    /// The system refuses.
    pub(super) fn begin(bounds: Bounds, folder: &Path) -> anyhow::Result<ResourceWatch> {
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
        Ok(ResourceWatch {
            bounds,
            folder: folder.to_owned(),
            next_look: Instant::now() + INTERVAL,
        })
    }

    /// Looks at the run: what it uses too much of, and how much of that it may
    /// use.
    ///
    /// # Errors
    /// The processes cannot be looked at.
    pub(super) fn exceeded(
        &mut self,
        descendants: Descendants,
    ) -> anyhow::Result<Option<(Resource, u64)>> {
        let began = Instant::now();
        let Bounds {
            processes,
            memory,
            folder,
            ..
        } = self.bounds;
        // ANCHOR: exceeded
        let usage = descendants.usage()?;
        let found = if usage.processes > processes {
            Some((Resource::Processes, processes))
        } else if usage.memory > memory {
            Some((Resource::Memory, memory / MIB))
        } else if size(&self.folder, folder) > folder {
            Some((Resource::Folder, folder / MIB))
        } else {
            None
        };
        // ANCHOR_END: exceeded
        self.next_look = Instant::now() + INTERVAL.max(began.elapsed() * INTERVAL_PER_LOOK);
        Ok(found)
    }

    /// What the program used too much of, as its end says: the kernel ends a
    /// program by SIGXFSZ that writes too large a file.
    pub(super) fn exceeded_by(&self, outcome: Outcome) -> Option<(Resource, u64)> {
        let file = outcome == Outcome::Signal(libc::SIGXFSZ);
        file.then_some((Resource::File, self.bounds.file / MIB))
    }
}

/// The bytes on the disk below a folder. Counting stops when they are more than
/// `enough`.
fn size(folder: &Path, enough: u64) -> u64 {
    let mut sum = 0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        // A file that has gone since takes no room.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            sum += (metadata.blocks() * 512).max(BLOCK_BYTES);
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
