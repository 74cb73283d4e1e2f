//! Hears of calls, and lets them go on.

#![expect(unsafe_code, reason = "rustix does not have these requests")]

use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};
use std::io::{self, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;

/// `SECCOMP_IOCTL_NOTIF_SET_FLAGS` of `linux/seccomp.h`.
const SET_FLAGS: libc::c_ulong = 0x4008_2104;

/// Has the kernel wake the tracer on the caller's own processor (Linux 6.6).
const SYNC_WAKE_UP: libc::c_ulong = 1;

/// A call that is about to happen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    id: u64,
    /// The thread that makes it.
    pub(crate) tid: i32,
    pub(crate) number: i64,
    pub(crate) arguments: [u64; 6],
}

/// The descriptor by which calls are heard of.
pub(crate) struct Listener(OwnedFd);

impl Listener {
    /// Takes it from the socket that the program has sent it over; none if it has
    /// sent none, since the system refused the filter.
    pub(crate) fn receive(socket: &UnixStream) -> Option<Listener> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut control = RecvAncillaryBuffer::new(&mut space);
        let mut byte = [0];
        let flags = RecvFlags::CMSG_CLOEXEC | RecvFlags::DONTWAIT;
        recvmsg(
            socket,
            &mut [IoSliceMut::new(&mut byte)],
            &mut control,
            flags,
        )
        .ok()?;
        let mut handed = control.drain().filter_map(|message| match message {
            RecvAncillaryMessage::ScmRights(mut descriptors) => descriptors.next(),
            _ => None,
        });
        let listener = handed.next()?;
        // SAFETY: the argument is a number. An older kernel refuses it.
        unsafe { libc::ioctl(listener.as_raw_fd(), SET_FLAGS as _, SYNC_WAKE_UP) };
        Some(Listener(listener))
    }

    /// The next call. None if who made it has been interrupted, or killed.
    pub(crate) fn next(&self) -> Option<Call> {
        // SAFETY: it is plain memory, for which zeros are a value; the kernel asks
        // for them.
        let mut told: libc::seccomp_notif = unsafe { std::mem::zeroed() };
        // SAFETY: it writes as many bytes as the request's number says, which are
        // those of `told`.
        let done = unsafe {
            libc::ioctl(
                self.0.as_raw_fd(),
                libc::SECCOMP_IOCTL_NOTIF_RECV,
                &raw mut told,
            )
        };
        (done == 0).then(|| Call {
            id: told.id,
            tid: told.pid.cast_signed(),
            number: i64::from(told.data.nr),
            arguments: told.data.args,
        })
    }

    /// Lets a call happen.
    pub(crate) fn go_on(&self, call: &Call) -> io::Result<()> {
        let answer = libc::seccomp_notif_resp {
            id: call.id,
            val: 0,
            error: 0,
            flags: libc::SECCOMP_USER_NOTIF_FLAG_CONTINUE as u32,
        };
        // SAFETY: it reads `answer`.
        match unsafe {
            libc::ioctl(
                self.0.as_raw_fd(),
                libc::SECCOMP_IOCTL_NOTIF_SEND,
                &raw const answer,
            )
        } {
            0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }
}

impl AsFd for Listener {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}
