//! What a run promises, on real programs.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod bounds;
mod builds;
mod cargo_settings;
mod ends;
mod fixture;
mod leftovers;
#[cfg(target_os = "linux")]
mod orphaned;
#[cfg(target_os = "linux")]
mod out_of_resources;
mod output;
mod start;
mod started;
mod stdin;
#[cfg(target_os = "linux")]
mod stopped_supervisor;
