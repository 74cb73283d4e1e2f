//! How many bytes a run has written to its stdout and its stderr.
//!
//! They go straight to the owner, and the tracer sees none of them. What was
//! written is what the owner has read and what is in the pipe. The first the owner
//! keeps in a memfd, the second the pipe tells (`FIONREAD`); both belong together
//! if the owner has read nothing between a look at the first and another.
//!
//! The memory is three words of 64 bits: for stdout and for stderr twice the number
//! of bytes that were read, plus one while a read goes on; and the number of bytes
//! that the tracer has to tell, sent or not. `run`'s `counts.rs` is the other half.

use anyhow::Context;
use rustix::io::{ioctl_fionread, pread, pwrite};
use std::os::fd::OwnedFd;
use std::thread;
use std::time::{Duration, Instant};

const WORD_BYTES: usize = 8;
const TO_TELL: u64 = 2;

/// So long one read of the owner is waited for. It takes a microsecond, unless the
/// owner is stopped in it.
const PATIENCE: Duration = Duration::from_millis(100);

pub(super) struct Counts {
    memory: OwnedFd,
    streams: Option<[OwnedFd; 2]>,
    /// What was written when it was counted last.
    last: [u64; 2],
    to_tell: u64,
}

impl Counts {
    pub(super) fn new(memory: OwnedFd, streams: [OwnedFd; 2]) -> Counts {
        Counts {
            memory,
            streams: Some(streams),
            last: [0; 2],
            to_tell: 0,
        }
    }

    /// What has been written to stdout, and to stderr.
    ///
    /// # Errors
    /// The memory cannot be read.
    pub(super) fn written(&mut self) -> anyhow::Result<[u64; 2]> {
        let Some(streams) = &self.streams else {
            return Ok(self.last);
        };
        let give_up = Instant::now() + PATIENCE;
        let mut before = self.words()?;
        loop {
            // ANCHOR: written
            let in_pipes = [
                ioctl_fionread(&streams[0]).context("FIONREAD")?,
                ioctl_fionread(&streams[1]).context("FIONREAD")?,
            ];
            let after = self.words()?;
            for (stream, last) in self.last.iter_mut().enumerate() {
                // A stream that is being read may be counted a moment later.
                let settled = before[stream] == after[stream] && after[stream] & 1 == 0;
                if settled {
                    *last = (*last).max((after[stream] >> 1) + in_pipes[stream]);
                }
            }
            // ANCHOR_END: written
            let both = before == after && after.iter().all(|word| word & 1 == 0);
            if both || Instant::now() > give_up {
                return Ok(self.last);
            }
            before = after;
            thread::yield_now();
        }
    }

    fn words(&self) -> anyhow::Result<[u64; 2]> {
        let mut bytes = [0; 2 * WORD_BYTES];
        pread(&self.memory, &mut bytes, 0).context("reading the shared memory")?;
        let mut words = [0; 2];
        for (word, bytes) in words.iter_mut().zip(bytes.as_chunks::<WORD_BYTES>().0) {
            *word = u64::from_ne_bytes(*bytes);
        }
        Ok(words)
    }

    /// Counts that so much more is to be told.
    ///
    /// # Errors
    /// The memory cannot be written.
    pub(super) fn add_to_tell(&mut self, bytes: usize) -> anyhow::Result<()> {
        self.to_tell += bytes as u64;
        let word = self.to_tell.to_ne_bytes();
        let at = TO_TELL * WORD_BYTES as u64;
        pwrite(&self.memory, &word, at).context("writing to the shared memory")?;
        Ok(())
    }

    pub(super) fn end(&mut self) {
        self.streams = None;
    }
}
