//! How the tests' runs are started: traced.

use run::{Run, Start};
use std::path::Path;

pub fn supervisor() -> &'static Path {
    Path::new("/tmp/wt/tracer/target/debug/supervise")
}

pub fn tracer() -> &'static Path {
    Path::new("/tmp/wt/tracer/target/debug/tracer")
}

pub fn start(start: Start) -> anyhow::Result<Run> {
    start.traced_by(tracer(), supervisor())
}
