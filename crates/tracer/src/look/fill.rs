//! How much is in a pipe.

use super::descriptors::{Fd, PipeInode};
use super::snapshot::Snapshot;
use recording::traced::Pid;
use rustix::io::ioctl_fionread;
use rustix::pipe::fcntl_getpipe_size;
use rustix::process::{PidfdFlags, PidfdGetfdFlags, pidfd_getfd, pidfd_open};

/// How many bytes are in a pipe, and how many there may be; none if nobody who
/// sleeps holds an end of it.
///
/// Whoever looks holds that end for some microseconds. So this looks through one
/// who sleeps, and rather through a writing end: a writer to a pipe that only we
/// could read would get no `EPIPE`. A copy (`pidfd_getfd(2)`) is no further reader or
/// writer, as an `open` of `/proc/PID/fd/N` would be.
pub fn fill(snapshot: &Snapshot, pipe: PipeInode) -> Option<(u32, u32)> {
    let end = |writes: bool| {
        snapshot.asleep().find_map(|(pid, process)| {
            let mut fds = process.fds().iter();
            let has = |fd: &&Fd| fd.pipe() == Some(pipe) && (!writes || fd.writes(pipe));
            Some((pid, fds.find(has)?.fd))
        })
    };
    let (pid, fd) = end(true).or_else(|| end(false))?;
    fill_through(pid, fd)
}

fn fill_through(pid: Pid, fd: i32) -> Option<(u32, u32)> {
    let pid = rustix::process::Pid::from_raw(i32::try_from(pid).ok()?)?;
    let process = pidfd_open(pid, PidfdFlags::empty()).ok()?;
    let end = pidfd_getfd(process, fd, PidfdGetfdFlags::empty()).ok()?;
    let bytes = ioctl_fionread(&end).ok()?;
    let capacity = fcntl_getpipe_size(&end).ok()?;
    Some((bytes.try_into().ok()?, capacity.try_into().ok()?))
}
