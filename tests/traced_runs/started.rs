//! How the tests' runs are started: traced.

use run::{Run, Start};
use std::path::Path;
use tests::book::chapters;

pub fn supervisor() -> &'static Path {
    chapters().supervisor().unwrap()
}

pub fn tracer() -> &'static Path {
    chapters().binary("tracer").unwrap()
}

pub fn start(start: Start) -> anyhow::Result<Run> {
    start.traced_by(tracer(), supervisor())
}
