//! Watches a run's processes, and tells what they do and what they wait for: the
//! whole of the program `tracer`, which exists on Linux.
//!
//! ```text
//!     ┌───────┐◄── what the processes do ──┌────────┐
//!     │ owner │                            │ tracer │
//!     └─┬───▲─┘                            └───┬────┘
//!       │   │      orders, reports     starts  │     watches (ptrace)
//!       │   └────────────────────►┌────────────▼┐ ─ ─ ─ ┐
//!       │                         │  supervise  │
//!       │                         └──────┬──────┘       │
//!       │        stdout, stderr   starts │
//!       └─◄───────────────────────┌──────▼──────┐◄ ─ ─ ─┘
//!                                 │   program   │
//!                                 └─────────────┘
//! ```
//!
//! The tracer starts the supervisor as its child, and traces it until it has
//! started the program: so the program is traced from its first instruction, and
//! whatever it starts. No byte passes through the tracer, and it is in nobody's
//! process group: who writes, reads and signals does so as without it.

#[cfg(target_os = "linux")]
pub mod arch;
#[cfg(target_os = "linux")]
mod calls;
#[cfg(target_os = "linux")]
mod handed;
#[cfg(target_os = "linux")]
pub mod lines;
#[cfg(target_os = "linux")]
pub mod look;
#[cfg(target_os = "linux")]
pub mod pipes;
#[cfg(target_os = "linux")]
mod tell;
#[cfg(target_os = "linux")]
mod trace;
#[cfg(target_os = "linux")]
pub mod waits;

#[cfg(target_os = "linux")]
pub use trace::trace;

/// Tracing needs `ptrace(2)` and `/proc` as Linux has them.
#[cfg(not(target_os = "linux"))]
pub fn trace() -> std::process::ExitCode {
    eprintln!("tracer: this program exists on Linux only");
    std::process::ExitCode::FAILURE
}
