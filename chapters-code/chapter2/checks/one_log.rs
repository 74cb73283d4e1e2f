use super::log_of;
use anyhow::{bail, ensure};
use trial::{Ended, same, trial};

const PAGE: &str = "chapter2-output-and-errors/one-stream-from-two.md";

/// It passes, and nothing of the script's has come to our own streams.
fn keeps_all_to_itself(ended: &Ended) {
    ended.prints("");
    if !ended.stderr.is_empty() {
        ended.fails("a part of the log went to our own stderr");
    }
}

#[test]
fn a_complaint_stands_where_it_was_made() {
    let ended = trial("the three lines in the order of the script", || {
        let log = log_of("echo chop; echo too hot >&2; echo serve")?;
        same("the log", &log.as_str(), &"chop\ntoo hot\nserve\n")
    })
    .read(PAGE)
    .ends();
    keeps_all_to_itself(&ended);
}

#[test]
fn a_long_log_keeps_its_order() {
    let ended = trial("12,000 lines, each stream in its turn", || {
        let log = log_of(
            "i=0
            while [ $i -lt 6000 ]; do
                echo \"step $i\"; echo \"warning $i\" >&2; i=$((i+1))
            done",
        )?;
        let expected: String = (0..6000)
            .map(|i| format!("step {i}\nwarning {i}\n"))
            .collect();
        let pairs = log.lines().zip(expected.lines());
        for (number, (found, expected)) in pairs.enumerate() {
            same(&format!("line {}", number + 1), &found, &expected)?;
        }
        same("the number of bytes", &log.len(), &expected.len())
    })
    .read(PAGE)
    .ends();
    keeps_all_to_itself(&ended);
}

#[test]
fn a_failure_ends_with_the_last_five_lines() {
    let ended = trial("an error with five lines and the status", || {
        let script = "echo 1; echo 2 >&2; echo 3; echo 4 >&2; echo 5 >&2
            echo 6; echo 7 >&2; exit 42";
        let error = match log_of(script) {
            Ok(log) => bail!("the script failed, and log_of is Ok({log:?})"),
            Err(error) => format!("{error:#}"),
        };
        ensure!(
            error.contains("3\n4\n5\n6\n7"),
            "the error should have the lines 3 to 7, and is {error:?}"
        );
        ensure!(
            !error.contains("2\n3"),
            "the error should have five lines of the log, and is {error:?}"
        );
        ensure!(
            error.contains("42"),
            "the status is 42, and the error is {error:?}"
        );
        Ok(())
    })
    .read(PAGE)
    .ends();
    keeps_all_to_itself(&ended);
}
