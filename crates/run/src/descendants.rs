//! The processes of a run: the program, and whatever it started.

#[cfg_attr(target_os = "linux", path = "descendants/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "descendants/elsewhere.rs")]
mod here;
mod process;

pub(crate) use here::Descendants;
pub(crate) use process::Process;
