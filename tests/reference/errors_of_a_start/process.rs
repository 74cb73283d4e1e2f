//! "No process": fork fails, or there is nothing left to run in; and the errors
//! of exec that nobody sees.

use super::case::Case;
use super::filter::{no_process, refused};
use super::folder::NOBODY;
use rustix::process::geteuid;
use std::process::{Command, Stdio};
use tests::starting::{Condition, Start};

/// Whether namespaces can be had here, as `starter` makes them. Where they cannot,
/// in some containers, a filter gives the kernel's answer.
pub fn has_namespaces() -> bool {
    let users = (!geteuid().is_root()).then_some("--user");
    let mut command = Command::new("unshare");
    let command = command
        .args(users)
        .args(["--mount", "--pid", "--fork", "true"]);
    let status = command.stderr(Stdio::null()).status();
    status.is_ok_and(|it| it.success())
}

pub const NONE: &[Case] = &[
    Case::new("as many processes", |_| {
        Ok(under(vec![
            Condition::NotRoot(NOBODY),
            Condition::Limit(libc::RLIMIT_NPROC, 0),
        ]))
    }),
    Case::new("that the child shall become", |_| {
        if !geteuid().is_root() {
            // Who is not root cannot become another. The kernel's answer is this.
            return Ok(under(vec![refused(libc::SYS_execve, libc::EAGAIN)]));
        }
        Ok(Start {
            user: Some(NOBODY),
            // The limit is looked at before the child is counted.
            ..under(vec![
                Condition::AnotherOf(NOBODY),
                Condition::Limit(libc::RLIMIT_NPROC, 0),
            ])
        })
    }),
    Case::cited("`pids.max`"),
    Case::new("memory for a new process", |_| {
        Ok(under(vec![no_process(libc::ENOMEM)]))
    })
    .marked(),
    Case::new("process 1 of the child's", |_| {
        Ok(under(vec![match has_namespaces() {
            true => Condition::FirstProcessEnded,
            false => no_process(libc::ENOMEM),
        }]))
    }),
    Case::new("does not know the call", |_| {
        Ok(under(vec![no_process(libc::ENOSYS)]))
    })
    .marked(),
    Case::new("does not allow the call", |_| {
        Ok(under(vec![no_process(libc::EPERM)]))
    })
    .marked(),
    Case::new("killed the program while loading it", |_| {
        Ok(with_memory("100"))
    }),
];

fn under(conditions: Vec<Condition>) -> Start {
    Start {
        conditions,
        ..Start::new("/bin/true")
    }
}

/// A shell lowers the limit for itself, and becomes the program.
pub fn with_memory(kibibytes: &str) -> Start {
    let script = format!("ulimit -c 0; ulimit -v {kibibytes}; exec /bin/true");
    Start {
        arguments: vec!["-c".to_owned(), script],
        ..Start::new("/bin/sh")
    }
}

fn with_chdir_refused(with: i32) -> Start {
    Start {
        folder: Some("sub".to_owned()),
        ..under(vec![refused(libc::SYS_chdir, with)])
    }
}

macro_rules! refused_exec {
    ($words:literal, $errno:ident) => {
        Case::new($words, |_| {
            Ok(under(vec![refused(libc::SYS_execve, libc::$errno)]))
        })
        .marked()
    };
}

pub const RARE: &[Case] = &[
    refused_exec!("tracer", EPERM),
    refused_exec!("read error of the disk: see", EIO),
    refused_exec!("for the arguments", ENOMEM),
    refused_exec!("bad address", EFAULT),
    refused_exec!("two interpreters", EINVAL),
    refused_exec!("is a directory", EISDIR),
    refused_exec!("for the program's file", EMFILE),
    refused_exec!("whole machine", ENFILE),
    refused_exec!("the file no longer", ESTALE),
    Case::new("with the child's directory", |folder| {
        folder.folder("sub")?;
        Ok(with_chdir_refused(libc::EIO))
    })
    .marked(),
    Case::new("to enter the directory", |folder| {
        folder.folder("sub")?;
        Ok(with_chdir_refused(libc::ENOMEM))
    })
    .marked(),
];
