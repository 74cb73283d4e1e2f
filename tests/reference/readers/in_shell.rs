//! The readers of a shell, in dash and in bash.

use super::cells::{Cells, add};
use anyhow::Context;
use duct::cmd;

/// What `printf` gives them to read.
const STREAMS: [&str; 4] = [r"  a\\b  \n", r"one\ntwo", r"a\0b\r\n", r"one\n\n\n"];

/// What ends an item in the output of a script.
const ITEM_END: char = '\u{1e}';

const CALLS: [(&str, &str); 7] = [
    ("while read x", "while read x; do item; done"),
    (
        "while IFS= read -r x",
        "while IFS= read -r x; do item; done",
    ),
    (
        r#"while IFS= read -r x || [ -n "$x" ]"#,
        r#"while IFS= read -r x || [ -n "$x" ]; do item; done"#,
    ),
    ("x=$(…)", "x=$(cat); item"),
    ("for x in $(…)", "for x in $(cat); do item; done"),
    (
        "mapfile -t lines",
        r#"mapfile -t lines; for x in "${lines[@]}"; do item; done"#,
    ),
    (
        "while IFS= read -r -d '' x",
        "while IFS= read -r -d '' x; do item; done",
    ),
];

/// Each with what it takes from each stream.
pub fn cells() -> anyhow::Result<Cells> {
    let mut cells = Cells::new();
    for (call, script) in CALLS {
        for stream in STREAMS {
            let bash = items("bash", script, stream)?;
            let only_in_bash = call.contains("mapfile") || call.contains("-d");
            let dash = match only_in_bash {
                true => bash.clone(),
                false => items("dash", script, stream)?,
            };
            let cell = match dash == bash {
                true => bash,
                false => format!("dash: {dash}; bash: {bash}"),
            };
            add(&mut cells, call, cell);
        }
    }
    Ok(cells)
}

fn items(shell: &str, script: &str, stream: &str) -> anyhow::Result<String> {
    let script = format!("item() {{ printf '%s\\036' \"$x\"; }}; {script}");
    let shell = cmd!(shell, "-c", script).stderr_null().unchecked();
    let output = cmd!("printf", stream).pipe(shell).stdout_capture().run()?;
    let all = String::from_utf8(output.stdout).context("not UTF-8")?;
    let items = all.split_terminator(ITEM_END);
    let items: Vec<String> = items.map(|item| format!("`{item:?}`")).collect();
    Ok(match items.is_empty() {
        true => "nothing".to_owned(),
        false => items.join(", "),
    })
}
