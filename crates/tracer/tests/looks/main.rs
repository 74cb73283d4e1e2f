//! The tracer looks at real processes: what each waits for, and whether it says
//! "deadlock" where there is one and nowhere else.
#![cfg(target_os = "linux")]

mod family;

mod children;
mod cost;
mod descriptors;
mod files;
mod pipes;
mod signals;
mod sockets;
mod threads;
