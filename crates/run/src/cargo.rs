//! Cargo: the book's own binaries are built, and what a reader wrote.

mod binaries;
mod build;
mod diagnostic;
mod environment;
mod output;

pub use binaries::packages;
pub(crate) use binaries::{Binaries, build_binaries, build_workspace, rebuild_binaries};
pub use build::{Build, cargo};
pub use diagnostic::{Diagnostic, Place};
