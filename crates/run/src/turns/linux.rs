//! `epoll(7)` keeps those that became ready in that order.

use super::Turn;
use anyhow::Context;
use rustix::buffer::spare_capacity;
use rustix::event::Timespec;
use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::io::Errno;
use std::collections::VecDeque;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::time::Duration;

#[derive(Debug)]
pub(crate) struct Turns {
    epoll: OwnedFd,
    waiting: VecDeque<Turn>,
    /// Those that will say nothing new: their turns come until they leave.
    hung_up: Vec<Turn>,
}

impl Turns {
    /// Whoever holds the descriptors reads all that is there in a turn, or asks
    /// for another.
    pub(crate) fn new(descriptors: [BorrowedFd<'_>; 3]) -> anyhow::Result<Turns> {
        let epoll = epoll::create(CreateFlags::CLOEXEC).context("making an epoll instance")?;
        for (turn, descriptor) in Turn::ALL.into_iter().zip(descriptors) {
            let data = EventData::new_u64(turn as u64);
            // Edge-triggered: who was read goes to the end of the line only
            // when something new has come.
            let flags = match turn {
                Turn::Stdout | Turn::Stderr => EventFlags::IN | EventFlags::ET,
                Turn::Supervisor => EventFlags::IN,
            };
            epoll::add(&epoll, descriptor, data, flags).context("watching a descriptor")?;
        }
        Ok(Turns {
            epoll,
            waiting: VecDeque::new(),
            hung_up: Vec::new(),
        })
    }

    /// Waits for whoever is next; `None` if nobody is in time.
    pub(crate) fn next(&mut self, time: Option<Duration>) -> anyhow::Result<Option<Turn>> {
        let time = match (self.waiting.is_empty(), time) {
            (false, _) => Some(Timespec::default()),
            (true, Some(time)) => Some(Timespec::try_from(time)?),
            (true, None) => None,
        };
        let mut room = Vec::<Event>::with_capacity(3);
        loop {
            match epoll::wait(&self.epoll, spare_capacity(&mut room), time.as_ref()) {
                Ok(_) => break,
                Err(Errno::INTR) => {}
                Err(errno) => return Err(errno).context("waiting for output"),
            }
        }
        for event in room {
            let turn = Turn::ALL[event.data.u64() as usize];
            self.again(turn);
            let hung_up = { event.flags }.contains(EventFlags::HUP);
            if hung_up && !self.hung_up.contains(&turn) {
                self.hung_up.push(turn);
            }
        }
        let next = self.waiting.pop_front();
        if let Some(turn) = next.filter(|turn| self.hung_up.contains(turn)) {
            self.again(turn);
        }
        Ok(next)
    }

    /// There may be more of this one.
    pub(crate) fn again(&mut self, turn: Turn) {
        if !self.waiting.contains(&turn) {
            self.waiting.push_back(turn);
        }
    }

    /// Nothing more comes from this one.
    pub(crate) fn leave(&mut self, turn: Turn, descriptor: BorrowedFd<'_>) {
        self.waiting.retain(|waiting| *waiting != turn);
        self.hung_up.retain(|hung_up| *hung_up != turn);
        let _ = epoll::delete(&self.epoll, descriptor);
    }
}
