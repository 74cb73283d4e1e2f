//! What `/proc` shows of processes, read so that nothing is disturbed: nothing is
//! opened through another's descriptor, and nobody is stopped.

mod calls;
mod descriptors;
mod file;
mod fill;
mod limits;
mod locks;
mod memory;
mod process;
mod ready;
mod shared;
mod sleep;
mod sleeper;
mod snapshot;
mod sockets;
mod status;

pub use descriptors::{Fd, PipeInode, SocketInode, To, Watched, descriptors};
pub(crate) use file::text;
pub use fill::fill;
pub use locks::FileLock;
pub(crate) use memory::words;
pub use process::{Process, State, Thread, argv};
pub use shared::SharedMemory;
pub use sleep::{At, Children, On, Sleep};
pub use snapshot::Snapshot;
pub use sockets::Sockets;
