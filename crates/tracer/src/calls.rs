//! System calls that are told before they happen, by a seccomp filter in the program
//! (`seccomp_unotify(2)`): what lets go of a pipe, and what sends a signal. So a
//! cause is told before its effects.
//!
//! Each such call waits until the tracer has said that it may go on, which takes some
//! microseconds. So `write` is not among them.

mod filter;
mod listener;

pub(crate) use filter::{INSTRUCTION_BYTES, instructions, is_never_interrupted};
pub(crate) use listener::{Call, Listener};
