use super::work;
use anyhow::{bail, ensure};
use std::fs;
use std::process::Command;
use trial::{same, trial};

const PAGE: &str = "chapter4-stderr/a-pipe-of-your-own.md";

/// It goes on only when `on_line` has answered.
const ASKS: &str = "
    echo row 1
    echo 'Next?' >&2; read answer <answers
    echo \"row 2: $answer\"
    echo done >&2";

#[test]
fn progress_is_heard_while_the_script_runs_and_the_rows_come_whole() {
    trial("each line of progress in time, then the rows", || {
        let made = Command::new("mkfifo").arg("answers").status()?;
        ensure!(made.success(), "mkfifo failed");
        let mut lines = Vec::new();
        let rows = work(ASKS, |line| {
            println!("on_line: {line}");
            lines.push(line.to_owned());
            if line == "Next?" {
                let written = fs::write("answers", "yes\n");
                written.expect("the script reads the answer");
            }
        })?;
        let expected = ["Next?", "done"].map(str::to_owned);
        same("the progress", &lines, &expected.to_vec())?;
        same("the rows", &rows.as_str(), &"row 1\nrow 2: yes\n")
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_megabyte_on_each_stream_comes_whole() {
    trial("a megabyte of progress before the rows and after", || {
        let progress = "yes step | head -n 200000 >&2";
        let rows = "yes row | head -n 250000";
        let script = format!("{progress}; {rows}; {progress}; {rows}");
        let mut steps = 0;
        let rows = work(&script, |_| steps += 1)?;
        same("the number of lines on stderr", &steps, &400_000)?;
        same("the length of stdout", &rows.len(), &2_000_000)
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_failure_is_an_error_with_the_last_line_of_stderr() {
    trial("an error that says `disk full`", || {
        let script = "echo 1 of 3 >&2; echo disk full >&2; echo row; exit 3";
        match work(script, |line| println!("on_line: {line}")) {
            Ok(rows) => bail!("it said Ok, with the rows {rows:?}"),
            Err(error) => {
                let said = format!("{error:#}");
                let told = said.contains("disk full");
                ensure!(told, "its error does not say so: {said:?}");
                Ok(())
            }
        }
    })
    .read(PAGE)
    .passes();
}
