//! The queue between the thread that reads the source and the one that writes
//! the file. It is bounded: a slow disk must not fill the memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

/// How many chunks may wait. A chunk is what one read returned, 64 KiB at
/// most, so the queue holds 1 MiB at most.
const CHUNKS: usize = 16;

/// What to do with a chunk for which there is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenFull {
    /// Wait. The source's pipe fills then, and the source waits too; a sound
    /// server behind it may not.
    Wait,
    /// Drop the chunk, and count its samples.
    Drop,
}

/// The reading thread's end of the queue.
pub struct Inlet {
    chunks: SyncSender<Vec<i16>>,
    when_full: WhenFull,
    dropped: Arc<AtomicU64>,
}

/// The writing thread's end of the queue.
pub struct Outlet {
    /// The chunks, in order; disconnected once the source has ended.
    pub chunks: Receiver<Vec<i16>>,
    dropped: Arc<AtomicU64>,
}

/// Both ends of a new queue.
pub fn queue(when_full: WhenFull) -> (Inlet, Outlet) {
    let (sender, receiver) = sync_channel(CHUNKS);
    let dropped = Arc::new(AtomicU64::new(0));
    let inlet = Inlet {
        chunks: sender,
        when_full,
        dropped: Arc::clone(&dropped),
    };
    let outlet = Outlet {
        chunks: receiver,
        dropped,
    };
    (inlet, outlet)
}

impl Inlet {
    /// Puts a chunk of whole samples into the queue. False if nobody will ever
    /// take it.
    pub fn put(&self, chunk: Vec<i16>) -> bool {
        match self.when_full {
            WhenFull::Wait => self.chunks.send(chunk).is_ok(),
            WhenFull::Drop => match self.chunks.try_send(chunk) {
                Ok(()) => true,
                Err(TrySendError::Full(chunk)) => {
                    self.dropped
                        .fetch_add(chunk.len() as u64, Ordering::Relaxed);
                    true
                }
                Err(TrySendError::Disconnected(_)) => false,
            },
        }
    }
}

impl Outlet {
    /// How many samples were dropped so far.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }
}
