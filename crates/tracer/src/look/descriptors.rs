//! What a process's descriptors lead to.

use super::file;
use super::locks::FileLock;
use recording::traced::Pid;
use std::fs;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

/// A pipe or a FIFO, by the numbers that the kernel gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PipeInode {
    /// The device of a FIFO's file system; 0 for pipes, which all lie in one.
    pub device: u64,
    pub inode: u64,
}

impl PipeInode {
    /// Whether it is a FIFO, which anybody may open.
    pub fn has_name(self) -> bool {
        self.device != 0
    }
}

/// A socket, by its inode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SocketInode(pub u64);

/// An open descriptor.
#[derive(Clone, Debug, PartialEq)]
pub struct Fd {
    pub fd: i32,
    pub to: To,
    /// `O_CLOEXEC`, `O_NONBLOCK` and the others of `open(2)`.
    pub flags: i32,
    /// Locks on its file that are this open file's own, or this process's.
    pub locks: Vec<FileLock>,
}

/// What a descriptor leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum To {
    Pipe {
        pipe: PipeInode,
        reads: bool,
        writes: bool,
    },
    /// `/dev/null`
    Null,
    Terminal,
    File(String),
    Socket {
        socket: SocketInode,
        /// Descriptors that were sent and not received yet (`unix(7)`,
        /// `SCM_RIGHTS`): nobody holds them meanwhile.
        in_flight: u32,
    },
    /// The descriptors that an epoll watches.
    Epoll(Vec<Watched>),
    /// A pidfd of this process; none of one that has ended, or is hidden from us.
    Process(Option<Pid>),
    /// A signalfd of these signals, signal 1 in bit 0.
    Signals(u64),
    /// A timerfd, and whether it is set.
    Timer {
        is_set: bool,
    },
    /// An eventfd, by its number.
    Counter(u64),
    /// The kernel works for whoever holds an `io_uring(7)`, in ways not seen.
    Uring,
    Other,
}

/// A descriptor that an epoll watches (`epoll_ctl(2)`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watched {
    pub fd: i32,
    /// `EPOLLIN`, `EPOLLOUT` and the others.
    pub events: u32,
    pub inode: u64,
}

impl Fd {
    pub fn closes_on_exec(&self) -> bool {
        self.flags & libc::O_CLOEXEC != 0
    }

    pub fn never_blocks(&self) -> bool {
        self.flags & libc::O_NONBLOCK != 0
    }

    pub fn reads(&self, it: PipeInode) -> bool {
        matches!(self.to, To::Pipe { pipe, reads: true, .. } if pipe == it)
    }

    pub fn writes(&self, it: PipeInode) -> bool {
        matches!(self.to, To::Pipe { pipe, writes: true, .. } if pipe == it)
    }

    pub fn pipe(&self) -> Option<PipeInode> {
        match self.to {
            To::Pipe { pipe, .. } => Some(pipe),
            _ => None,
        }
    }

    pub fn socket(&self) -> Option<SocketInode> {
        match self.to {
            To::Socket { socket, .. } => Some(socket),
            _ => None,
        }
    }
}

/// All of a process's descriptors, by number; none if it is not ours to look at,
/// or has gone.
pub fn descriptors(pid: Pid) -> Option<Vec<Fd>> {
    let listed = fs::read_dir(format!("/proc/{pid}/fd")).ok()?;
    let numbers = listed.flatten().filter_map(|entry| {
        let name = entry.file_name();
        name.to_str()?.parse().ok()
    });
    let mut fds: Vec<Fd> = numbers.filter_map(|fd| descriptor(pid, fd)).collect();
    fds.sort_by_key(|fd| fd.fd);
    Some(fds)
}

fn descriptor(pid: Pid, fd: i32) -> Option<Fd> {
    let link = format!("/proc/{pid}/fd/{fd}");
    let target = fs::read_link(&link).ok()?;
    let info = Info(file::text(&format!("/proc/{pid}/fdinfo/{fd}"))?);
    let flags = info.first("flags:");
    let flags = flags.and_then(|flags| i32::from_str_radix(flags, 8).ok());
    let flags = flags.unwrap_or(0);
    Some(Fd {
        fd,
        to: to(&target, Path::new(&link), flags, &info),
        flags,
        locks: info.all("lock:").filter_map(lock).collect(),
    })
}

fn to(target: &Path, link: &Path, flags: i32, info: &Info) -> To {
    let target = target.to_string_lossy();
    let bracketed = |kind: &str| -> Option<u64> {
        let inode = target.strip_prefix(kind)?.strip_prefix(":[")?;
        inode.strip_suffix(']')?.parse().ok()
    };
    if let Some(inode) = bracketed("pipe") {
        return pipe(PipeInode { device: 0, inode }, flags);
    }
    if let Some(inode) = bracketed("socket") {
        return To::Socket {
            socket: SocketInode(inode),
            in_flight: info.number("scm_fds:").unwrap_or(0),
        };
    }
    match target.strip_prefix("anon_inode:") {
        Some("[eventpoll]") => To::Epoll(info.all("tfd:").filter_map(watched).collect()),
        Some("[pidfd]") => To::Process(info.number("Pid:")),
        Some("[signalfd]") => To::Signals(info.hexadecimal("sigmask:")),
        Some("[timerfd]") => To::Timer {
            is_set: info.first("it_value:") != Some("(0, 0)"),
        },
        Some("[eventfd]") => info.number("eventfd-id:").map_or(To::Other, To::Counter),
        Some("[io_uring]") => To::Uring,
        Some(_) => To::Other,
        // A pidfd on newer kernels lies in a file system of its own.
        None if bracketed("pidfd").is_some() => To::Process(info.number("Pid:")),
        None => named(&target, link, flags),
    }
}

/// Of a file that has a name.
fn named(path: &str, link: &Path, flags: i32) -> To {
    if path == "/dev/null" {
        return To::Null;
    }
    // This follows the link and opens nothing.
    let Ok(file) = fs::metadata(link) else {
        return To::Other;
    };
    let kind = file.file_type();
    if kind.is_fifo() {
        let (device, inode) = (file.dev(), file.ino());
        return pipe(PipeInode { device, inode }, flags);
    }
    match kind.is_char_device() {
        true if is_terminal(file.rdev()) => To::Terminal,
        _ => To::File(path.to_owned()),
    }
}

/// By the kernel's `Documentation/admin-guide/devices.txt`: consoles and serial
/// lines, `/dev/tty`, the masters and slaves of pseudo-terminals.
fn is_terminal(device: u64) -> bool {
    matches!(libc::major(device), 4 | 5 | 128..=143)
}

fn pipe(pipe: PipeInode, flags: i32) -> To {
    let mode = flags & libc::O_ACCMODE;
    To::Pipe {
        pipe,
        reads: mode != libc::O_WRONLY,
        writes: mode != libc::O_RDONLY,
    }
}

/// `5 events:       19 data:                5  pos:0 ino:61ef sdev:7`
fn watched(line: &str) -> Option<Watched> {
    let fd = line.split_whitespace().next()?.parse().ok()?;
    let after = |field: &str| {
        let rest = line.split_once(field)?.1;
        rest.split_whitespace().next()
    };
    Some(Watched {
        fd,
        events: u32::from_str_radix(after("events:")?, 16).ok()?,
        inode: u64::from_str_radix(after("ino:")?, 16).ok()?,
    })
}

/// `1: FLOCK  ADVISORY  WRITE 456 00:2f:12345 0 EOF`
fn lock(line: &str) -> Option<FileLock> {
    FileLock::parse(line.split_once(": ")?.1)
}

/// A `/proc/PID/fdinfo/FD` (`proc_pid_fdinfo(5)`).
struct Info(String);

impl Info {
    fn all(&self, field: &str) -> impl Iterator<Item = &str> {
        let lines = self.0.lines();
        lines.filter_map(move |line| Some(line.strip_prefix(field)?.trim()))
    }

    fn first(&self, field: &str) -> Option<&str> {
        self.all(field).next()
    }

    fn number<N: std::str::FromStr>(&self, field: &str) -> Option<N> {
        self.first(field)?.parse().ok()
    }

    fn hexadecimal(&self, field: &str) -> u64 {
        let digits = self.first(field).unwrap_or_default();
        u64::from_str_radix(digits, 16).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::fd::AsRawFd;

    #[test]
    fn both_ends_of_a_pipe_are_found() {
        let (reader, writer) = std::io::pipe().unwrap();
        let fds = descriptors(std::process::id()).unwrap();
        let find = |fd: i32| fds.iter().find(|it| it.fd == fd).unwrap();
        let (reader, writer) = (find(reader.as_raw_fd()), find(writer.as_raw_fd()));
        let pipe = reader.pipe().unwrap();
        assert_eq!(writer.pipe(), Some(pipe));
        assert!(reader.reads(pipe) && !reader.writes(pipe));
        assert!(writer.writes(pipe) && !writer.reads(pipe));
        assert!(reader.closes_on_exec() && !reader.never_blocks());
    }

    #[test]
    fn what_an_epoll_watches_is_read() {
        let line = "        5 events:     2019 data:                5  pos:0 ino:61ef sdev:7";
        let expected = Watched {
            fd: 5,
            events: 0x2019,
            inode: 0x61ef,
        };
        assert_eq!(watched(line), Some(expected));
    }

    #[test]
    fn a_process_that_is_not_there_has_none() {
        assert_eq!(descriptors(u32::MAX), None);
    }
}
