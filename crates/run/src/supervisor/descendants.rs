//! The processes of a run: the program, and whatever it started.

#[cfg_attr(target_os = "linux", path = "descendants/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "descendants/elsewhere.rs")]
mod here;
mod process;

pub(super) use here::{kill, living, none_left, usage};
pub(super) use process::Process;
