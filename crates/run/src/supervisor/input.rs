//! What waits to be read from the program's stdin.

use anyhow::ensure;
use std::io::Write;
use std::process::ChildStdin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// How much the owner may send before the program reads it.
const MOST: usize = 64 << 20;

/// The program's stdin, written by a thread of its own, which may wait as long
/// as the program likes. Dropping it closes stdin after all that was written.
pub(super) struct Input {
    pieces: Sender<Vec<u8>>,
    unread: Arc<AtomicUsize>,
}

impl From<ChildStdin> for Input {
    fn from(mut stdin: ChildStdin) -> Input {
        let (pieces, to_write) = channel::<Vec<u8>>();
        let unread = Arc::new(AtomicUsize::new(0));
        let still_unread = Arc::clone(&unread);
        thread::spawn(move || {
            for piece in to_write {
                if stdin.write_all(&piece).is_err() {
                    // The program has closed its stdin, as it may.
                    return;
                }
                still_unread.fetch_sub(piece.len(), Ordering::Relaxed);
            }
        });
        Input { pieces, unread }
    }
}

impl Input {
    pub(super) fn write(&mut self, piece: Vec<u8>) -> anyhow::Result<()> {
        let length = piece.len();
        let unread = self.unread.fetch_add(length, Ordering::Relaxed) + length;
        // A closed stdin takes nothing, and counts nothing.
        let open = self.pieces.send(piece).is_ok();
        let mib = MOST >> 20;
        ensure!(
            !open || unread <= MOST,
            "the program was sent more than {mib} MiB that it did not read"
        );
        Ok(())
    }
}
