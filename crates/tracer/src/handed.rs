//! What the owner of a run hands its tracer.

use anyhow::{Context, bail};
use rustix::io::retry_on_intr;
use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, recvmsg};
use std::io::{self, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;

/// What a tracer has of its owner.
pub(crate) struct Handed {
    /// The socket to the owner: the tracer's stdin.
    pub(crate) owner: UnixStream,
    /// The socket that is to be the supervisor's stdin.
    pub(crate) supervisor: OwnedFd,
    /// The memory in which the owner keeps how much it has read.
    pub(crate) counts: OwnedFd,
}

impl Handed {
    /// Waits for it.
    ///
    /// # Errors
    /// It does not come.
    pub(crate) fn receive() -> anyhow::Result<Handed> {
        let owner = io::stdin().as_fd().try_clone_to_owned();
        let owner = UnixStream::from(owner.context("stdin is closed")?);
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
        let mut control = RecvAncillaryBuffer::new(&mut space);
        let mut byte = [0];
        retry_on_intr(|| {
            let mut byte = [IoSliceMut::new(&mut byte)];
            recvmsg(&owner, &mut byte, &mut control, RecvFlags::CMSG_CLOEXEC)
        })
        .context("listening to the owner")?;
        let mut descriptors = Vec::new();
        for message in control.drain() {
            if let RecvAncillaryMessage::ScmRights(handed) = message {
                descriptors.extend(handed);
            }
        }
        let Ok([supervisor, counts]) = <[OwnedFd; 2]>::try_from(descriptors) else {
            bail!("nobody says what to trace: `run::Start` is who starts this program");
        };
        Ok(Handed {
            owner,
            supervisor,
            counts,
        })
    }
}
