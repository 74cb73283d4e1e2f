//! How much of a run's output has been read: kept in memory that the owner of the
//! run and its tracer have in common (a memfd), so that the tracer can say of an
//! event how much had been written by then. What it is for, and the form, are told
//! in the tracer's `tell/counts.rs`, which is its other half.

use anyhow::Context;
#[cfg(target_os = "linux")]
use rustix::fs::{MemfdFlags, memfd_create};
use rustix::io::{pread, pwrite};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;

/// The words of the memory, in its order: bytes that were read of stdout, those
/// that were read of stderr, and bytes that the tracer has to tell.
const WORD_BYTES: u64 = 8;
const TO_TELL: u64 = 2;

/// The memory.
#[derive(Clone, Debug)]
pub(crate) struct Counts(Arc<OwnedFd>);

impl Counts {
    /// # Errors
    /// The system is out of descriptors or memory.
    pub(crate) fn new() -> anyhow::Result<Counts> {
        #[cfg(target_os = "linux")]
        let memory = memfd_create("read", MemfdFlags::CLOEXEC).context("making a memfd")?;
        // Nobody reads it there, since there is no tracer.
        #[cfg(not(target_os = "linux"))]
        let memory = OwnedFd::from(tempfile::tempfile()?);
        let zeros = [0; 3 * WORD_BYTES as usize];
        let written = pwrite(&memory, &zeros, 0).map_err(io::Error::from);
        written.context("writing to a memfd")?;
        Ok(Counts(Arc::new(memory)))
    }

    pub(crate) fn descriptor(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }

    /// The count of a stream: 0 for stdout, 1 for stderr.
    pub(crate) fn of_stream(&self, stream: u64) -> Count {
        Count {
            memory: self.0.clone(),
            offset: stream * WORD_BYTES,
        }
    }

    /// How many bytes the tracer has had to tell so far, sent or not.
    pub(crate) fn to_tell(&self) -> anyhow::Result<u64> {
        let mut word = [0; WORD_BYTES as usize];
        pread(&self.0, &mut word, TO_TELL * WORD_BYTES).context("reading a memfd")?;
        Ok(u64::from_ne_bytes(word))
    }
}

/// How many bytes were read of one stream. While a read goes on the count is
/// marked, since the bytes may be in the pipe or out of it then.
#[derive(Debug)]
pub(crate) struct Count {
    memory: Arc<OwnedFd>,
    offset: u64,
}

impl Count {
    /// A read begins, of a stream of which so much has been read.
    pub(crate) fn begin(&self, read: u64) -> io::Result<()> {
        self.write(read << 1 | 1)
    }

    /// It is over, and so much has been read now.
    pub(crate) fn end(&self, read: u64) -> io::Result<()> {
        self.write(read << 1)
    }

    fn write(&self, word: u64) -> io::Result<()> {
        pwrite(&*self.memory, &word.to_ne_bytes(), self.offset)?;
        Ok(())
    }
}
