//! Watches a run's processes, and tells what they do and what they wait for.

#[cfg(target_os = "linux")]
pub mod arch;
#[cfg(target_os = "linux")]
pub mod lines;
#[cfg(target_os = "linux")]
pub mod look;
#[cfg(target_os = "linux")]
pub mod pipes;
#[cfg(target_os = "linux")]
pub mod waits;
