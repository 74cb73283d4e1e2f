//! What a pidfd knows of its process (`ioctl_pidfd(2)`).

#![expect(unsafe_code, reason = "rustix does not have this request")]

use std::os::fd::{AsRawFd, OwnedFd};

/// `struct pidfd_info` of `linux/pidfd.h`, in its first form.
#[repr(C)]
#[derive(Default)]
struct Info {
    mask: u64,
    cgroup: u64,
    pids: [u32; 3],
    ids: [u32; 8],
    exit_code: i32,
}

/// `PIDFD_INFO_EXIT`
const EXIT: u64 = 1 << 3;

/// `PIDFD_GET_INFO`, which is `_IOWR(0xff, 11, struct pidfd_info)`.
const GET_INFO: libc::c_ulong = 0xc000_ff0b | (size_of::<Info>() as libc::c_ulong) << 16;

/// How the process ended, as `wait(2)` said it to whoever waited for it; none if
/// nobody has, or if the kernel does not tell.
pub(super) fn exit_status(pidfd: &OwnedFd) -> Option<i32> {
    let mut info = Info {
        mask: EXIT,
        ..Info::default()
    };
    // SAFETY: it writes as many bytes as the request's number says, which are those
    // of `info`.
    let answered = unsafe { libc::ioctl(pidfd.as_raw_fd(), GET_INFO as _, &raw mut info) };
    (answered == 0 && info.mask & EXIT != 0).then_some(info.exit_code)
}
