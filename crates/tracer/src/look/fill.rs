//! How much is in a pipe.

use recording::traced::Pid;
use rustix::fd::OwnedFd;
use rustix::io::ioctl_fionread;
use rustix::pipe::fcntl_getpipe_size;
use rustix::process::{PidfdFlags, PidfdGetfdFlags, pidfd_getfd, pidfd_open};

/// How many bytes are in a pipe of which a process has this descriptor, and how
/// many there may be; none if that cannot be had.
///
/// Whoever looks holds that end for some microseconds. So look through one who
/// sleeps, and rather through a writing end: a writer to a pipe that only we could
/// read would get no `EPIPE`. A copy (`pidfd_getfd(2)`) is no further reader or
/// writer, as an `open` of `/proc/PID/fd/N` would be.
pub fn fill(pid: Pid, fd: i32) -> Option<(u32, u32)> {
    let end = copy(pid, fd)?;
    let bytes = ioctl_fionread(&end).ok()?;
    let capacity = fcntl_getpipe_size(&end).ok()?;
    Some((bytes.try_into().ok()?, capacity.try_into().ok()?))
}

/// A copy of a process's descriptor, to be held for as short as can be.
pub(super) fn copy(pid: Pid, fd: i32) -> Option<OwnedFd> {
    let pid = rustix::process::Pid::from_raw(i32::try_from(pid).ok()?)?;
    let process = pidfd_open(pid, PidfdFlags::empty()).ok()?;
    pidfd_getfd(process, fd, PidfdGetfdFlags::empty()).ok()
}
