use super::both;
use anyhow::ensure;
use std::path::Path;
use std::process::Command;
use trial::{same, trial};

const PAGE: &str = "chapter4-stderr/index.md";

/// Waits for the question, in its turn.
const ANSWERS: &str = "read q <question; echo Yes >answer";
const ASKS: &str =
    "echo Ready? >question; read a <answer; echo \"$a\" >heard; test Yes = $a";

#[test]
fn two_scripts_that_need_each_other_both_end() {
    trial("both scripts at the same time, so that both end", || {
        let fifos = ["question", "answer"];
        let made = Command::new("mkfifo").args(fifos).status()?;
        ensure!(made.success(), "mkfifo failed");
        both(ASKS, ANSWERS)?;
        let heard = std::fs::read_to_string("heard")?;
        same("the answer", &heard.as_str(), &"Yes\n")?;
        both(ANSWERS, ASKS)
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_first_script_that_fails_is_an_error_when_both_have_ended() {
    trial("an error, once the second script has ended too", || {
        let result = both("exit 3", "sleep 1; echo second >ran");
        ensure!(result.is_err(), "the first exits with 3, and it said Ok");
        let ran = Path::new("ran").exists();
        ensure!(
            ran,
            "it returned before the second script had done its work"
        );
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_second_script_that_fails_is_an_error_when_both_have_ended() {
    trial("an error, once the first script has ended too", || {
        let result = both("sleep 1; echo first >ran", "exit 3");
        ensure!(result.is_err(), "the second exits with 3, and it said Ok");
        let ran = Path::new("ran").exists();
        ensure!(ran, "it returned before the first script had done its work");
        Ok(())
    })
    .read(PAGE)
    .passes();
}
