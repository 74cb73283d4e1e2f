//! The memory of a process whose thread stands still.

use recording::traced::Pid;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

/// How much is read at once: the frames of most threads, down to the one that is
/// looked for.
const PIECE: usize = 8192;

pub(super) struct Memory {
    file: File,
    /// What has been read, by where it begins.
    pieces: Vec<(u64, Vec<u8>)>,
}

impl Memory {
    /// By `/proc/PID/mem`, which reads as `process_vm_readv(2)` does, and stops
    /// nobody.
    ///
    /// # Errors
    ///
    /// The process has ended, or is not ours to read.
    pub(super) fn of(pid: Pid) -> io::Result<Memory> {
        Ok(Memory {
            file: File::open(format!("/proc/{pid}/mem"))?,
            pieces: Vec::new(),
        })
    }

    /// The word at an address; none where there is no memory.
    pub(super) fn word(&mut self, address: u64) -> Option<u64> {
        let known = self.pieces.iter().find_map(|piece| word(piece, address));
        known.or_else(|| {
            self.pieces.push((address, self.read(address).ok()?));
            word(self.pieces.last()?, address)
        })
    }

    /// What there is from an address on, up to the next page that is not there.
    fn read(&self, address: u64) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; PIECE];
        let read = self.file.read_at(&mut bytes, address)?;
        bytes.truncate(read);
        Ok(bytes)
    }
}

fn word((start, bytes): &(u64, Vec<u8>), address: u64) -> Option<u64> {
    let within = usize::try_from(address.checked_sub(*start)?).ok()?;
    let word = bytes.get(within..within.checked_add(size_of::<u64>())?)?;
    Some(u64::from_ne_bytes(word.try_into().ok()?))
}
