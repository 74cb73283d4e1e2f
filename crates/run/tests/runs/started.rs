//! How the tests' runs are started. The same tests run traced too, with another
//! file in the place of this one: `tests/traced` has it.

use run::{Run, Start};
use std::path::Path;

pub fn supervisor() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_supervise"))
}

pub fn start(start: Start) -> anyhow::Result<Run> {
    start.supervised_by(supervisor())
}
