//! What is so for this process, and for those that it starts.

#![expect(
    unsafe_code,
    reason = "rustix changes one thread's user, not a process's"
)]

use anyhow::{Context, ensure};
use rustix::process::{Pid, Resource, Rlimit, WaitOptions, geteuid, getrlimit, setrlimit, waitpid};
use std::ffi::CString;
use std::fs::OpenOptions;
use std::io::Read;
use std::os::fd::{AsFd, AsRawFd, IntoRawFd, OwnedFd};
use std::{env, fs, io, process, ptr};
use tests::starting::Condition;

/// # Errors
/// The system refuses.
pub fn bring_about(condition: &Condition) -> anyhow::Result<()> {
    match condition {
        Condition::FolderRemoved => {
            fs::create_dir("gone")?;
            env::set_current_dir("gone")?;
            fs::remove_dir("../gone")?;
        }
        Condition::Writes(file) => {
            // Open until this process ends.
            let _ = OpenOptions::new().append(true).open(file)?.into_raw_fd();
        }
        Condition::ChildSignalIgnored => {
            // SAFETY: to ignore a signal runs no code of ours.
            unsafe { libc::signal(libc::SIGCHLD, libc::SIG_IGN) };
        }
        Condition::Limit(resource, limit) => {
            let limit = libc::rlimit {
                rlim_cur: *limit,
                rlim_max: *limit,
            };
            // SAFETY: it reads the structure, which lives until then.
            let done = unsafe { libc::setrlimit(*resource as _, &limit) };
            succeeded(done).context("setting a limit")?;
        }
        Condition::NoDescriptorLeft => no_descriptor_left()?,
        Condition::AnotherOf(user) => another_of(*user)?,
        Condition::NotRoot(user) => become_user(*user)?,
        Condition::NothingExecutable(folder) => nothing_executable(folder)?,
        Condition::FirstProcessEnded => first_process_ended()?,
        Condition::Filter(instructions) => filter(instructions)?,
    }
    Ok(())
}

fn succeeded(result: libc::c_int) -> io::Result<()> {
    match result {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// How many descriptors more than those that it has it opens.
const MORE: u64 = 16;

fn no_descriptor_left() -> anyhow::Result<()> {
    let next = io::stdin().as_fd().try_clone_to_owned()?.as_raw_fd() as u64;
    let maximum = getrlimit(Resource::Nofile).maximum;
    let current = Some(next + MORE);
    setrlimit(Resource::Nofile, Rlimit { current, maximum })?;
    // Each is closed on exec.
    while let Ok(descriptor) = io::stdin().as_fd().try_clone_to_owned() {
        let _ = descriptor.into_raw_fd();
    }
    Ok(())
}

fn become_user(user: u32) -> anyhow::Result<()> {
    if !geteuid().is_root() {
        return Ok(());
    }
    // SAFETY: calls of libc without pointers, but for none of no groups.
    unsafe {
        succeeded(libc::setgroups(0, ptr::null())).context("leaving root's groups")?;
        succeeded(libc::setresgid(user, user, user)).context("leaving root's group")?;
        succeeded(libc::setresuid(user, user, user)).context("leaving root")?;
    }
    Ok(())
}

fn another_of(user: u32) -> anyhow::Result<()> {
    let (mut ready, tell) = io::pipe()?;
    let (mut end, kept) = io::pipe()?;
    // SAFETY: this process has one thread, so the child may do what it may.
    if unsafe { libc::fork() } == 0 {
        drop(kept);
        let became = become_user(user).is_ok();
        drop(tell);
        let _ = end.read(&mut [0]);
        process::exit(i32::from(!became));
    }
    drop(tell);
    ready.read_to_end(&mut Vec::new())?;
    // It ends when this process has.
    let _ = OwnedFd::from(kept).into_raw_fd();
    Ok(())
}

/// Enters a namespace. Who is not root makes one of users too, in which he may.
fn unshare(namespace: libc::c_int) -> anyhow::Result<()> {
    let users = match geteuid().is_root() {
        true => 0,
        false => libc::CLONE_NEWUSER,
    };
    // SAFETY: what this process has open stays as it is.
    succeeded(unsafe { libc::unshare(namespace | users) }).context("a namespace of its own")
}

/// Mounts the folder once more over itself, for this process and its children.
fn nothing_executable(folder: &str) -> anyhow::Result<()> {
    unshare(libc::CLONE_NEWNS)?;
    let folder = CString::new(folder)?;
    let mount = |flags| {
        // SAFETY: it only reads the names, which live until then.
        succeeded(unsafe {
            libc::mount(
                folder.as_ptr(),
                folder.as_ptr(),
                ptr::null(),
                flags,
                ptr::null(),
            )
        })
    };
    mount(libc::MS_BIND).context("mounting the folder")?;
    let flags = libc::MS_BIND | libc::MS_REMOUNT | libc::MS_NOEXEC;
    // In a namespace of users it must keep what the mount had.
    let kept = libc::MS_NOSUID | libc::MS_NODEV;
    mount(flags)
        .or_else(|_| mount(flags | kept))
        .context("mounting it noexec")
}

fn first_process_ended() -> anyhow::Result<()> {
    unshare(libc::CLONE_NEWPID)?;
    // SAFETY: the child does nothing but end.
    let child = unsafe { libc::fork() };
    if child == 0 {
        // SAFETY: it ends this copy, and runs none of what the other has to do.
        unsafe { libc::_exit(0) };
    }
    waitpid(Pid::from_raw(child), WaitOptions::empty())?;
    Ok(())
}

fn filter(instructions: &[(u16, u8, u8, u32)]) -> anyhow::Result<()> {
    let mut filter: Vec<_> = instructions
        .iter()
        .map(|&(code, jt, jf, k)| libc::sock_filter { code, jt, jf, k })
        .collect();
    let program = libc::sock_fprog {
        len: filter.len().try_into()?,
        filter: filter.as_mut_ptr(),
    };
    // SAFETY: both calls only read, and what they read lives until then.
    let done = unsafe {
        libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
            | libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &program)
    };
    ensure!(
        done == 0,
        "taking on a filter: {}",
        io::Error::last_os_error()
    );
    Ok(())
}
