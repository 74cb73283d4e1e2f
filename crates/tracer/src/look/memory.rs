//! What stands in another process's memory.

use recording::traced::Pid;
use std::fs::File;
use std::os::unix::fs::FileExt;

/// So many bytes there; none if it is not ours to read, or not all there.
/// `/proc/PID/mem` reads as `process_vm_readv(2)` does, and stops nobody.
pub(super) fn memory(pid: Pid, at: u64, length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    let there = File::open(format!("/proc/{pid}/mem")).ok()?;
    there.read_exact_at(&mut bytes, at).ok()?;
    Some(bytes)
}

/// So many whole numbers of 8 bytes there.
pub(crate) fn words<const N: usize>(pid: Pid, at: u64) -> Option<[i64; N]> {
    let bytes = memory(pid, at, N * 8)?;
    let mut words = [0; N];
    for (word, bytes) in words.iter_mut().zip(bytes.chunks_exact(8)) {
        *word = i64::from_ne_bytes(bytes.try_into().ok()?);
    }
    Some(words)
}

/// The text there, up to its zero.
pub(super) fn text(pid: Pid, at: u64) -> Option<String> {
    let there = File::open(format!("/proc/{pid}/mem")).ok()?;
    let mut bytes = vec![0; libc::PATH_MAX as usize];
    // The page after the text may not be there, so less than all may be read.
    let read = there.read_at(&mut bytes, at).ok()?;
    let end = bytes[..read].iter().position(|byte| *byte == 0)?;
    Some(String::from_utf8_lossy(&bytes[..end]).into_owned())
}
