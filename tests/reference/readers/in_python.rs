//! The readers of Python's `subprocess` and `asyncio`, which a script of each
//! tries.

use super::cells::{Cells, add};
use super::talker;
use anyhow::Context;
use duct::cmd;

/// What a script measured, which is the call, the column and the cell a line.
pub fn cells(script: &str) -> anyhow::Result<Cells> {
    let (script, talker) = (talker::beside(script), talker::beside("talker.sh"));
    // Without compiled files beside the sources.
    let lines = cmd!("python3", "-B", script, talker).read()?;
    let mut cells = Cells::new();
    for line in lines.lines() {
        let (call, cell): (String, String) =
            serde_json::from_str(line).with_context(|| line.to_owned())?;
        add(&mut cells, &call, cell);
    }
    Ok(cells)
}
