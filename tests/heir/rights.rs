//! What a process may do: what anybody can take from himself.
#![expect(unsafe_code, reason = "seccomp has no safe form")]

use crate::attribute::Attribute;
use crate::calls::{checked, prctl, status};
use std::io;

pub const ATTRIBUTES: [Attribute; 6] = [
    Attribute {
        name: "no_new_privs",
        arrange: || prctl(libc::PR_SET_NO_NEW_PRIVS, 1).map(drop),
        show: || status("NoNewPrivs"),
        change: None,
    },
    Attribute {
        name: "seccomp filters",
        arrange: allow_all,
        show: || {
            Ok(format!(
                "{} {}",
                status("Seccomp")?,
                status("Seccomp_filters")?
            ))
        },
        change: None,
    },
    Attribute {
        name: "dumpable",
        arrange: || prctl(libc::PR_SET_DUMPABLE, 0).map(drop),
        show: || Ok(prctl(libc::PR_GET_DUMPABLE, 0)?.to_string()),
        change: None,
    },
    Attribute {
        name: "parent-death signal",
        arrange: || prctl(libc::PR_SET_PDEATHSIG, libc::SIGUSR1 as u64).map(drop),
        show: parent_death_signal,
        change: None,
    },
    Attribute {
        name: "subreaper",
        arrange: || prctl(libc::PR_SET_CHILD_SUBREAPER, 1).map(drop),
        show: is_subreaper,
        change: None,
    },
    Attribute {
        name: "PR_SET_KEEPCAPS",
        arrange: || prctl(libc::PR_SET_KEEPCAPS, 1).map(drop),
        show: || Ok(prctl(libc::PR_GET_KEEPCAPS, 0)?.to_string()),
        change: None,
    },
];

/// A filter that says yes to each call.
fn allow_all() -> io::Result<()> {
    let mut steps = [libc::sock_filter {
        code: (libc::BPF_RET | libc::BPF_K) as u16,
        jt: 0,
        jf: 0,
        k: libc::SECCOMP_RET_ALLOW,
    }];
    let program = libc::sock_fprog {
        len: 1,
        filter: steps.as_mut_ptr(),
    };
    prctl(libc::PR_SET_NO_NEW_PRIVS, 1)?;
    // SAFETY: the program and its step live while the call reads them.
    checked(unsafe { libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &program) })?;
    Ok(())
}

fn parent_death_signal() -> io::Result<String> {
    told(libc::PR_GET_PDEATHSIG)
}

fn is_subreaper() -> io::Result<String> {
    told(libc::PR_GET_CHILD_SUBREAPER)
}

/// What `prctl` writes to an address.
fn told(option: i32) -> io::Result<String> {
    let mut answer: i32 = 0;
    // SAFETY: it writes to the answer, which lives.
    checked(unsafe { libc::prctl(option, &raw mut answer) })?;
    Ok(answer.to_string())
}
