//! Descriptors, the open files behind them, and locks.
#![expect(unsafe_code, reason = "fcntl and flock have no safe form")]

use crate::attribute::Attribute;
use crate::calls::{checked, checked_long, place};
use std::fs::{self, File};
use std::io;
use std::os::fd::AsRawFd;

/// Where the descriptor is that the attributes are about.
pub const PLACE: i32 = 50;

const FILE: &str = "file";

pub const ATTRIBUTES: [Attribute; 7] = [
    Attribute {
        name: "descriptors",
        arrange: open_in_place,
        show: what_is_open,
        change: Some(close),
    },
    Attribute {
        name: "descriptors marked close-on-exec",
        arrange: || {
            open_in_place()?;
            control(PLACE, libc::F_SETFD, libc::FD_CLOEXEC)
        },
        show: what_is_open,
        change: Some(close),
    },
    Attribute {
        name: "flags of an open file",
        arrange: || {
            open_in_place()?;
            control(PLACE, libc::F_SETFL, libc::O_NONBLOCK | libc::O_APPEND)
        },
        show: flags,
        change: Some(|| control(PLACE, libc::F_SETFL, 0)),
    },
    Attribute {
        name: "offset in a file",
        arrange: || {
            open_in_place()?;
            seek(5)
        },
        show: offset,
        change: Some(|| seek(9)),
    },
    Attribute {
        name: "flock locks",
        arrange: || {
            open_in_place()?;
            flock(PLACE, libc::LOCK_EX)
        },
        show: || {
            let again = open()?;
            Ok(told(flock(
                again.as_raw_fd(),
                libc::LOCK_EX | libc::LOCK_NB,
            )))
        },
        change: Some(|| flock(PLACE, libc::LOCK_UN)),
    },
    Attribute {
        name: "locks of an open file",
        arrange: || {
            open_in_place()?;
            lock(PLACE, libc::F_OFD_SETLK, libc::F_WRLCK)
        },
        show: || {
            let again = open()?;
            Ok(told(lock(
                again.as_raw_fd(),
                libc::F_OFD_SETLK,
                libc::F_WRLCK,
            )))
        },
        change: Some(|| lock(PLACE, libc::F_OFD_SETLK, libc::F_UNLCK)),
    },
    Attribute {
        name: "fcntl locks",
        arrange: || {
            open_in_place()?;
            lock(PLACE, libc::F_SETLK, libc::F_WRLCK)
        },
        show: own_locks,
        change: None,
    },
];

fn open() -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    options.open(FILE)
}

pub fn open_in_place() -> io::Result<()> {
    place(&open()?, PLACE)
}

fn close() -> io::Result<()> {
    // SAFETY: no value owns this number.
    checked(unsafe { libc::close(PLACE) })?;
    Ok(())
}

fn what_is_open() -> io::Result<String> {
    match fs::read_link(format!("/proc/self/fd/{PLACE}")) {
        Ok(path) => Ok(path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok("closed".to_owned()),
        Err(error) => Err(error),
    }
}

fn control(descriptor: i32, command: i32, argument: i32) -> io::Result<()> {
    // SAFETY: neither command takes an address.
    checked(unsafe { libc::fcntl(descriptor, command, argument) })?;
    Ok(())
}

fn flags() -> io::Result<String> {
    // SAFETY: it takes no address.
    let flags = unsafe { libc::fcntl(PLACE, libc::F_GETFL) };
    if flags == -1 {
        return Ok("closed".to_owned());
    }
    let nonblock = flags & libc::O_NONBLOCK != 0;
    let append = flags & libc::O_APPEND != 0;
    Ok(format!("nonblock {nonblock}, append {append}"))
}

fn seek(to: i64) -> io::Result<()> {
    // SAFETY: it takes no address.
    checked_long(unsafe { libc::lseek(PLACE, to, libc::SEEK_SET) })?;
    Ok(())
}

fn offset() -> io::Result<String> {
    // SAFETY: it takes no address.
    Ok(unsafe { libc::lseek(PLACE, 0, libc::SEEK_CUR) }.to_string())
}

fn flock(descriptor: i32, how: i32) -> io::Result<()> {
    // SAFETY: it takes no address.
    checked(unsafe { libc::flock(descriptor, how) })?;
    Ok(())
}

/// The whole file.
fn lock(descriptor: i32, command: i32, kind: i32) -> io::Result<()> {
    // SAFETY: zeros are a lock, which lives while the call reads it.
    unsafe {
        let mut lock: libc::flock = std::mem::zeroed();
        lock.l_type = kind as libc::c_short;
        checked(libc::fcntl(descriptor, command, &lock))?;
    }
    Ok(())
}

/// Whether somebody else could take the lock.
fn told(taken: io::Result<()>) -> String {
    match taken {
        Ok(()) => "free".to_owned(),
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => "held".to_owned(),
        Err(error) => format!("failed: {error}"),
    }
}

/// How many of this process are in the kernel's list.
fn own_locks() -> io::Result<String> {
    let own = std::process::id().to_string();
    let locks = fs::read_to_string("/proc/locks")?;
    let owns = |line: &&str| {
        let words: Vec<_> = line.split_whitespace().collect();
        words.contains(&"POSIX") && words.get(4) == Some(&own.as_str())
    };
    Ok(locks.lines().filter(owns).count().to_string())
}
