//! What a process may do: what only root can arrange.
#![expect(unsafe_code, reason = "credentials have no safe form")]

use crate::attribute::Attribute;
use crate::calls::{checked, checked_long, prctl, status, unsupported};
use std::io;

/// Somebody who is nobody here.
const NOBODY: u32 = 54_321;

pub const ATTRIBUTES: [Attribute; 7] = [
    Attribute {
        name: "user and group ids",
        arrange: || become_user(NOBODY, NOBODY, NOBODY),
        show: || Ok(format!("{}, {}", status("Uid")?, status("Gid")?)),
        change: None,
    },
    Attribute {
        name: "saved user id",
        arrange: || become_user(0, NOBODY, 0),
        show: || status("Uid"),
        change: None,
    },
    Attribute {
        name: "supplementary groups",
        arrange: || {
            // SAFETY: it reads one number, which lives.
            checked(unsafe { libc::setgroups(1, &NOBODY) }).map(drop)
        },
        show: || status("Groups"),
        change: None,
    },
    Attribute {
        name: "capabilities of root",
        arrange: || {
            if !crate::places::is_root() {
                return Err(io::Error::from_raw_os_error(libc::EPERM));
            }
            let held = u64::from_str_radix(&status("CapPrm")?, 16).map_err(io::Error::other)?;
            hold(held & !(1 << CAP_SYS_CHROOT), 0)
        },
        show: || status("CapPrm"),
        change: None,
    },
    Attribute {
        name: "capabilities of another user",
        arrange: keep_one,
        show: || Ok(format!("{} {}", status("Uid")?, status("CapPrm")?)),
        change: None,
    },
    Attribute {
        name: "ambient capabilities",
        arrange: || {
            keep_one()?;
            // SAFETY: it takes no address.
            checked(unsafe {
                libc::prctl(
                    libc::PR_CAP_AMBIENT,
                    libc::PR_CAP_AMBIENT_RAISE,
                    CAP_SYS_CHROOT,
                    0,
                    0,
                )
            })
            .map(drop)
        },
        show: || Ok(format!("{} {}", status("CapAmb")?, status("CapPrm")?)),
        change: None,
    },
    Attribute {
        name: "bounding set",
        arrange: || prctl(libc::PR_CAPBSET_DROP, CAP_SYS_CHROOT).map(drop),
        show: || status("CapBnd"),
        change: None,
    },
];

const CAP_SYS_CHROOT: u64 = 18;

/// A user namespace may know no such user.
fn become_user(real: u32, effective: u32, saved: u32) -> io::Result<()> {
    // SAFETY: neither takes an address.
    let became = unsafe {
        checked(libc::setresgid(real, effective, saved))
            .and_then(|_| checked(libc::setresuid(real, effective, saved)))
    };
    match became {
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Err(unsupported("such user")),
        became => became.map(drop),
    }
}

/// Another user, with one capability that a program may inherit.
fn keep_one() -> io::Result<()> {
    prctl(libc::PR_SET_KEEPCAPS, 1)?;
    become_user(NOBODY, NOBODY, NOBODY)?;
    hold(1 << CAP_SYS_CHROOT, 1 << CAP_SYS_CHROOT)
}

/// `capset`: what is held, in effect too, and what may be inherited.
fn hold(held: u64, inherited: u64) -> io::Result<()> {
    /// The third version of the call, whose sets have two halves.
    const VERSION: u32 = 0x2008_0522;
    let header = [VERSION, 0];
    let half = |set: u64, at: u32| (set >> (32 * at)) as u32;
    let halves = [0, 1].map(|at| [half(held, at), half(held, at), half(inherited, at)]);
    // SAFETY: header and sets have the layout of the call's version, and live.
    checked_long(unsafe { libc::syscall(libc::SYS_capset, header.as_ptr(), halves.as_ptr()) })?;
    Ok(())
}
