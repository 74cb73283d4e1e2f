use super::listen;
use anyhow::ensure;
use std::fs;
use std::process::Command;
use trial::{same, trial};

const PAGE: &str = "chapter4-stderr/while-it-runs.md";

#[test]
fn the_lines_of_stderr_come_in_order_and_nothing_else_comes() {
    trial("every line of stderr, and nothing of stdout", || {
        let mut lines = Vec::new();
        let script = "echo one >&2; echo data; echo two >&2; printf three >&2";
        listen(script, |line| lines.push(line.to_owned()))?;
        let expected = ["one", "two", "three"].map(str::to_owned);
        same("the lines", &lines, &expected.to_vec())
    })
    .read(PAGE)
    .prints("");
}

/// It goes on only when its question has been answered, and `on_line` alone
/// answers, each by a pipe of its own: whoever has answered may not have closed
/// the first when the script opens the second.
const ASKS: &str = "
    for file in a.tmp b.txt; do
        echo \"delete $file?\" >&2
        read answer <answer-$file; echo \"$file: $answer\" >&2
    done";

#[test]
fn a_line_is_heard_while_the_script_waits() {
    trial(
        "each line while the script waits for an answer to it",
        || {
            let fifos = ["answer-a.tmp", "answer-b.txt"];
            let made = Command::new("mkfifo").args(fifos).status()?;
            ensure!(made.success(), "mkfifo failed");
            let mut lines = Vec::new();
            listen(ASKS, |line| {
                println!("on_line: {line}");
                lines.push(line.to_owned());
                let asked = line.strip_prefix("delete ");
                if let Some(file) = asked.and_then(|it| it.strip_suffix('?')) {
                    let written = fs::write(format!("answer-{file}"), "yes\n");
                    written.expect("the script reads the answer");
                }
            })?;
            let expected =
                ["delete a.tmp?", "a.tmp: yes", "delete b.txt?", "b.txt: yes"];
            same("the lines", &lines, &expected.map(str::to_owned).to_vec())
        },
    )
    .read(PAGE)
    .passes();
}

#[test]
fn a_megabyte_of_stdout_is_in_nobodys_way_and_the_status_comes() {
    trial("the status 3, after 1,000,000 bytes of stdout", || {
        let script = "yes data | head -n 200000; echo failed >&2; exit 3";
        let mut lines = Vec::new();
        let status = listen(script, |line| lines.push(line.to_owned()))?;
        same("the lines", &lines, &vec!["failed".to_owned()])?;
        same("the exit code", &status.code(), &Some(3))
    })
    .read(PAGE)
    .prints("");
}
