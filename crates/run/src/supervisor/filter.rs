//! A filter of system calls that a tracer wants the program to have (`seccomp(2)`):
//! some calls are told to the tracer before they happen.
//!
//! The tracer hands the supervisor a socket, by its number as the argument. The
//! filter comes through it, and the descriptor by which the tracer listens goes back.
//! The supervisor itself has no filter: it can end the run when nobody listens any
//! more, and all such calls fail.

#![expect(unsafe_code, reason = "only the program itself can take on a filter")]

use anyhow::{Context, ensure};
use rustix::io::{Errno, FdFlags, fcntl_setfd};
use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
use std::io::{self, IoSlice, Read};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// One instruction takes 8 bytes (`struct sock_filter`).
const INSTRUCTION_BYTES: usize = 8;

/// What a tracer wants.
pub(super) struct Filter {
    socket: UnixStream,
    instructions: Vec<[u8; INSTRUCTION_BYTES]>,
}

impl Filter {
    /// Receives it over the socket that is this process's descriptor `number`.
    ///
    /// # Errors
    /// It is no socket of a tracer.
    pub(super) fn receive(number: RawFd) -> anyhow::Result<Filter> {
        ensure!(number > 2, "{number} is no socket of a tracer");
        // SAFETY: this process was started with it for this, and nothing else here
        // takes it.
        let socket = unsafe { OwnedFd::from_raw_fd(number) };
        fcntl_setfd(&socket, FdFlags::CLOEXEC).context("taking the tracer's socket")?;
        let mut socket = UnixStream::from(socket);
        let mut length = [0];
        let mut bytes = Vec::new();
        socket
            .read_exact(&mut length)
            .context("listening to the tracer")?;
        bytes.resize(usize::from(length[0]) * INSTRUCTION_BYTES, 0);
        socket
            .read_exact(&mut bytes)
            .context("listening to the tracer")?;
        let instructions = bytes.as_chunks().0.to_vec();
        Ok(Filter {
            socket,
            instructions,
        })
    }

    /// Has the program take it on. A system that refuses that does not keep the
    /// program from running.
    pub(super) fn apply(self, command: &mut Command) {
        let take_on = move || {
            if let Ok(listener) = install(&self.instructions) {
                send(&self.socket, listener.as_fd())?;
                // The exec closes it. To close it by a call would be told, while
                // nobody listens yet.
                std::mem::forget(listener);
            }
            Ok(())
        };
        // SAFETY: between fork and exec the closure makes system calls, and takes no
        // lock and no memory.
        unsafe { command.pre_exec(take_on) };
    }
}

/// Takes on a filter: the descriptor by which it is listened to.
fn install(instructions: &[[u8; INSTRUCTION_BYTES]]) -> io::Result<OwnedFd> {
    let program = libc::sock_fprog {
        len: instructions.len() as u16,
        filter: instructions.as_ptr().cast_mut().cast(),
    };
    let seccomp = || {
        let (operation, flags) = (
            libc::SECCOMP_SET_MODE_FILTER,
            // It is no jail: the processor may guess on as without (`prctl(2)`).
            libc::SECCOMP_FILTER_FLAG_NEW_LISTENER | libc::SECCOMP_FILTER_FLAG_SPEC_ALLOW,
        );
        // SAFETY: the kernel reads the program, which lives, and writes nothing.
        unsafe { libc::syscall(libc::SYS_seccomp, operation, flags, &raw const program) }
    };
    let mut listener = seccomp();
    if listener < 0 && Errno::from_io_error(&io::Error::last_os_error()) == Some(Errno::ACCESS) {
        // Only the administrator may without this: no exec gives more rights.
        rustix::thread::set_no_new_privs(true)?;
        listener = seccomp();
    }
    if listener < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: it is new, and nobody else knows it.
    Ok(unsafe { OwnedFd::from_raw_fd(listener as RawFd) })
}

fn send(socket: &UnixStream, listener: BorrowedFd<'_>) -> io::Result<()> {
    let listener = [listener];
    let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
    let mut control = SendAncillaryBuffer::new(&mut space);
    control.push(SendAncillaryMessage::ScmRights(&listener));
    sendmsg(
        socket,
        &[IoSlice::new(&[0])],
        &mut control,
        SendFlags::NOSIGNAL,
    )?;
    Ok(())
}
