//! The tracer looks at real processes: what each waits for, and whether it says
//! "deadlock" where there is one and nowhere else.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod family;

mod children;
mod cost;
mod descriptors;
mod files;
mod pipes;
mod signals;
mod sockets;
mod threads;
