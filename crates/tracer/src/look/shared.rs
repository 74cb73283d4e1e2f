//! Memory that several processes have: files that they mapped as shared, and memory
//! of `MAP_SHARED` without a name, which the kernel treats as such a file.

use recording::traced::Pid;
use std::fs;
use std::os::unix::fs::DirEntryExt;

/// Such memory, by its file's device and inode.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SharedMemory {
    device: String,
    inode: u64,
}

/// The shared memory there, if only those who have it now can pass it on: its file
/// has no name.
pub(super) fn shared_at(tid: Pid, address: u64) -> Option<SharedMemory> {
    let maps = fs::read_to_string(format!("/proc/{tid}/maps")).ok()?;
    let mut mapped = maps.lines().filter_map(|line| Some((line, mapping(line)?)));
    let (line, (.., memory)) = mapped.find(|(_, (from, to, _))| (*from..*to).contains(&address))?;
    is_nameless(tid, line, memory.inode).then_some(memory)
}

/// A name that is gone may not have been the only one: `sem_open(3)` makes a
/// semaphore under one name and gives it another in the same folder.
fn is_nameless(tid: Pid, line: &str, inode: u64) -> bool {
    let path = line.strip_suffix(" (deleted)");
    let Some(path) = path.and_then(|it| Some(&it[it.find('/')?..])) else {
        return false;
    };
    // Of these no file ever had a name.
    if path == "/dev/zero" || path.starts_with("/memfd:") {
        return true;
    }
    let folder = path.rsplit_once('/').map_or("", |it| it.0);
    let Ok(entries) = fs::read_dir(format!("/proc/{tid}/root{folder}")) else {
        return false;
    };
    !entries.flatten().any(|entry| entry.ino() == inode)
}

/// All shared memory of a process.
pub(super) fn shared(tid: Pid) -> Vec<SharedMemory> {
    let maps = fs::read_to_string(format!("/proc/{tid}/maps")).unwrap_or_default();
    maps.lines().filter_map(mapping).map(|it| it.2).collect()
}

/// `7f00a000-7f00b000 rw-s 00000000 00:1a 1234 /dev/shm/sem.x (deleted)`
fn mapping(line: &str) -> Option<(u64, u64, SharedMemory)> {
    let mut words = line.split_whitespace();
    let (from, to) = words.next()?.split_once('-')?;
    let is_shared = words.next()?.ends_with('s');
    let device = words.nth(1)?.to_owned();
    let inode = words.next()?.parse().ok()?;
    let number = |digits| u64::from_str_radix(digits, 16).ok();
    let memory = SharedMemory { device, inode };
    is_shared.then_some((number(from)?, number(to)?, memory))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_shared_memory_is_taken() {
        let shared = "7f00a000-7f00b000 rw-s 00000000 00:1a 1234 /dev/shm/sem.x (deleted)";
        let private = "7f00a000-7f00b000 rw-p 00000000 00:1a 1234 /lib/x.so";
        let memory = SharedMemory {
            device: "00:1a".to_owned(),
            inode: 1234,
        };
        assert_eq!(mapping(shared), Some((0x7f00_a000, 0x7f00_b000, memory)));
        assert_eq!(mapping(private), None);
    }
}
