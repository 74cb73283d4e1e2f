//! Linux: `epoll(7)` gives ready descriptors in the order in which they became
//! so.

use super::source::Source;
use anyhow::Context;
use rustix::buffer::spare_capacity;
use rustix::event::Timespec;
use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::io::Errno;
use std::collections::VecDeque;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::time::Duration;

/// Waits for descriptors, and keeps those that are ready in a queue.
#[derive(Debug)]
pub(crate) struct Readiness {
    epoll: OwnedFd,
    ready: VecDeque<Source>,
    /// Sources whose writers have all gone. epoll tells of them once, so each is
    /// put back into the queue until it leaves.
    hung_up: Vec<Source>,
}

impl Readiness {
    /// Whoever gets a source from [`Readiness::next`] reads all that is there, or
    /// calls [`Readiness::again`].
    ///
    /// # Errors
    /// The system is out of descriptors.
    pub(crate) fn new(descriptors: &[(Source, BorrowedFd<'_>)]) -> anyhow::Result<Readiness> {
        let epoll = epoll::create(CreateFlags::CLOEXEC).context("making an epoll instance")?;
        for (source, descriptor) in descriptors {
            let data = EventData::new_u64(*source as u64);
            // Edge-triggered: a source that was read goes to the end of the queue
            // only when something new has come.
            let flags = match source {
                Source::Stdout | Source::Stderr => EventFlags::IN | EventFlags::ET,
                Source::Supervisor | Source::Tracer => EventFlags::IN,
            };
            epoll::add(&epoll, descriptor, data, flags).context("watching a descriptor")?;
        }
        Ok(Readiness {
            epoll,
            ready: VecDeque::new(),
            hung_up: Vec::new(),
        })
    }

    /// Waits for the next source; `None` if none is ready in time.
    ///
    /// # Errors
    /// The system cannot wait.
    pub(crate) fn next(&mut self, timeout: Option<Duration>) -> anyhow::Result<Option<Source>> {
        let timeout = match (self.ready.is_empty(), timeout) {
            (false, _) => Some(Timespec::default()),
            (true, Some(timeout)) => Some(Timespec::try_from(timeout)?),
            (true, None) => None,
        };
        let mut events = Vec::<Event>::with_capacity(Source::ALL.len());
        loop {
            match epoll::wait(&self.epoll, spare_capacity(&mut events), timeout.as_ref()) {
                Ok(_) => break,
                Err(Errno::INTR) => {}
                Err(errno) => return Err(errno).context("waiting for output"),
            }
        }
        for event in events {
            let source = Source::ALL[event.data.u64() as usize];
            self.again(source);
            let hung_up = { event.flags }.contains(EventFlags::HUP);
            if hung_up && !self.hung_up.contains(&source) {
                self.hung_up.push(source);
            }
        }
        let next = self.ready.pop_front();
        if let Some(source) = next.filter(|source| self.hung_up.contains(source)) {
            self.again(source);
        }
        Ok(next)
    }

    /// Puts a source into the queue: there may be more to read.
    pub(crate) fn again(&mut self, source: Source) {
        if !self.ready.contains(&source) {
            self.ready.push_back(source);
        }
    }

    /// Takes out a source from which nothing more comes.
    pub(crate) fn leave(&mut self, source: Source, descriptor: BorrowedFd<'_>) {
        self.ready.retain(|ready| *ready != source);
        self.hung_up.retain(|hung_up| *hung_up != source);
        let _ = epoll::delete(&self.epoll, descriptor);
    }
}
