//! Other systems: `poll(2)` tells what is ready, and not since when.

use super::source::Source;
use anyhow::Context;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::collections::VecDeque;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::time::Duration;

/// Waits for descriptors, and keeps those that are ready in a queue.
#[derive(Debug)]
pub(crate) struct Readiness {
    descriptors: Vec<(Source, OwnedFd)>,
    ready: VecDeque<Source>,
}

impl Readiness {
    /// # Errors
    /// The system is out of descriptors.
    pub(crate) fn new(descriptors: &[(Source, BorrowedFd<'_>)]) -> anyhow::Result<Readiness> {
        let mut copies = Vec::new();
        for (source, descriptor) in descriptors {
            let copy = descriptor.try_clone_to_owned();
            copies.push((*source, copy.context("copying a descriptor")?));
        }
        Ok(Readiness {
            descriptors: copies,
            ready: VecDeque::new(),
        })
    }

    /// Waits for the next source; `None` if none is ready in time.
    ///
    /// # Errors
    /// The system cannot wait.
    pub(crate) fn next(&mut self, timeout: Option<Duration>) -> anyhow::Result<Option<Source>> {
        if self.ready.is_empty() {
            let timeout = timeout.map(Timespec::try_from).transpose()?;
            self.poll(timeout.as_ref())?;
        }
        Ok(self.ready.pop_front())
    }

    fn poll(&mut self, timeout: Option<&Timespec>) -> anyhow::Result<()> {
        let watched = self.descriptors.iter();
        let mut polled: Vec<_> = watched
            .map(|(_, descriptor)| PollFd::new(descriptor, PollFlags::IN))
            .collect();
        loop {
            match poll(&mut polled, timeout) {
                Ok(_) => break,
                Err(Errno::INTR) => {}
                Err(errno) => return Err(errno).context("waiting for output"),
            }
        }
        for ((source, _), polled) in self.descriptors.iter().zip(polled) {
            if !polled.revents().is_empty() {
                self.ready.push_back(*source);
            }
        }
        Ok(())
    }

    /// Does nothing: `poll` tells if there is more to read.
    pub(crate) fn again(&mut self, _: Source) {}

    /// Takes out a source from which nothing more comes.
    pub(crate) fn leave(&mut self, source: Source, _: BorrowedFd<'_>) {
        self.ready.retain(|ready| *ready != source);
        self.descriptors.retain(|(watched, _)| *watched != source);
    }
}
