//! `poll` says who is ready, and not since when.

use super::Turn;
use anyhow::Context;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use std::collections::VecDeque;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::time::Duration;

#[derive(Debug)]
pub(crate) struct Turns {
    descriptors: Vec<(Turn, OwnedFd)>,
    waiting: VecDeque<Turn>,
}

impl Turns {
    pub(crate) fn new(descriptors: [BorrowedFd<'_>; 3]) -> anyhow::Result<Turns> {
        let mut copies = Vec::new();
        for (turn, descriptor) in Turn::ALL.into_iter().zip(descriptors) {
            let copy = descriptor.try_clone_to_owned();
            copies.push((turn, copy.context("copying a descriptor")?));
        }
        Ok(Turns {
            descriptors: copies,
            waiting: VecDeque::new(),
        })
    }

    /// Waits for whoever is next; `None` if nobody is in time.
    pub(crate) fn next(&mut self, time: Option<Duration>) -> anyhow::Result<Option<Turn>> {
        if self.waiting.is_empty() {
            let time = time.map(Timespec::try_from).transpose()?;
            self.look(time.as_ref())?;
        }
        Ok(self.waiting.pop_front())
    }

    fn look(&mut self, time: Option<&Timespec>) -> anyhow::Result<()> {
        let watched = self.descriptors.iter();
        let mut polled: Vec<_> = watched
            .map(|(_, descriptor)| PollFd::new(descriptor, PollFlags::IN))
            .collect();
        loop {
            match poll(&mut polled, time) {
                Ok(_) => break,
                Err(Errno::INTR) => {}
                Err(errno) => return Err(errno).context("waiting for output"),
            }
        }
        for ((turn, _), polled) in self.descriptors.iter().zip(polled) {
            if !polled.revents().is_empty() {
                self.waiting.push_back(*turn);
            }
        }
        Ok(())
    }

    /// There may be more of this one; `poll` will say so.
    pub(crate) fn again(&mut self, _: Turn) {}

    /// Nothing more comes from this one.
    pub(crate) fn leave(&mut self, turn: Turn, _: BorrowedFd<'_>) {
        self.waiting.retain(|waiting| *waiting != turn);
        self.descriptors.retain(|(watched, _)| *watched != turn);
    }
}
