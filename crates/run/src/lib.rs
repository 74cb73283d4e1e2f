//! Starts a program, watches it and stops it: a run as a stream of
//! [`recording::Event`]s.
//!
//! ```no_run
//! # use std::path::Path;
//! # fn main() -> anyhow::Result<()> {
//! let supervisor = Path::new("target/debug/supervise");
//! let start = run::Start::new("wc", "/tmp").argument("-w").stdin("one two");
//! for event in start.supervised_by(supervisor)? {
//!     println!("{:?}", event?);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Who does what
//!
//! Each run has a supervisor, the small program `supervise`. It starts the
//! program, waits for it, signals it, and ends whatever the program leaves.
//! The program's output does not pass through it: the two pipes lead from the
//! program straight to its owner, who reads them in [`Run::next`]. So output
//! costs no second copy, an owner who does not read makes the program wait as
//! any full pipe does, and neither side ever holds more than a few pieces.
//!
//! ```text
//!             orders, as JSON lines
//!         ┌───────────────────────────►┌───────────┐
//!         │   reports, as JSON lines   │ supervise │
//!     ┌───┴───┐◄───────────────────────└─────┬─────┘
//!     │ owner │                       starts │ stdin
//!     └───┬───┘         stdout         ┌─────▼─────┐
//!         ◄────────────────────────────┤  program  │
//!         ◄────────────────────────────┤           │
//!                       stderr         └───────────┘
//! ```
//!
//! # What a program gets
//!
//! A pipe for each of stdin, stdout and stderr, and no other descriptor; every
//! signal at its default and none blocked; a process group of its own, in a
//! session without a terminal; and no core dumps. Environment, umask and the
//! other limits are the owner's, unless [`Start::bounds`] sets narrower ones.
//!
//! # What is left when a run is over
//!
//! Nothing, on Linux (5.3 or later, for `pidfd_open(2)`): the supervisor is a
//! child subreaper (`PR_SET_CHILD_SUBREAPER(2const)`), so whatever the program
//! started and left is handed to the supervisor, even a daemon in a session of
//! its own, and the run is over when the supervisor has no child any more.
//! Elsewhere there is no subreaper: there what is left in the program's process
//! group is ended, and what has left the group is not found.
//!
//! An owner that dies is noticed by the supervisor, which ends everything. A
//! supervisor that is killed takes the program with it
//! (`PR_SET_PDEATHSIG(2const)`, on Linux), and the owner ends the rest of the
//! group. Only a process that had left the group survives then.
//!
//! A supervisor that was stopped (the program may send it SIGSTOP) is woken by the
//! owner, as long as the owner reads events or drops the run. One that does not end
//! the run in time is killed by the owner, after all that is found below it.

mod bounds;
pub mod cargo;
pub mod chapters;
mod control;
mod counts;
mod descendants;
mod folder;
mod held;
mod lines;
mod protocol;
mod readiness;
mod reports;
mod rerun;
mod run;
mod start;
mod stream;
mod supervisor;
mod supervisor_process;
mod tools;
mod tracing;

pub use bounds::Bounds;
pub use control::Control;
pub use folder::{LockedFolder, cannot_be_written};
pub use rerun::Rerun;
pub use run::Run;
pub use start::{Start, Stdin};
pub use supervisor::supervise;
pub use tools::missing_tools;
