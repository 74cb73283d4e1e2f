//! What a run promises holds when it is traced too: the tests of `crates/run`,
//! anew, and those of what is told beside.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "../../crates/run/tests/runs/bounds.rs"]
mod bounds;
mod copies;
#[path = "../../crates/run/tests/runs/ends.rs"]
mod ends;
#[path = "../../crates/run/tests/runs/fixture.rs"]
mod fixture;
mod killed;
#[path = "../../crates/run/tests/runs/leftovers.rs"]
mod leftovers;
mod lines;
mod order;
#[path = "../../crates/run/tests/runs/output.rs"]
mod output;
mod refused;
mod started;
#[path = "../../crates/run/tests/runs/stdin.rs"]
mod stdin;
#[path = "../../crates/run/tests/runs/stopped_supervisor.rs"]
mod stopped_supervisor;
