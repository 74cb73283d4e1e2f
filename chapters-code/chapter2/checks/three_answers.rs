use super::holds;
use anyhow::{Context, bail, ensure};
use std::fs;
use trial::{same, trial};

const PAGE: &str = "chapter2-output-and-errors/no-is-not-an-error.md";

/// Asks where there is an answer, and compares it.
fn answers(program: &str, args: &[&str], expected: bool) -> anyhow::Result<()> {
    let question = format!("`{program} {}`", args.join(" "));
    let answer = holds(program, args)
        .with_context(|| format!("{question} has an answer, and became Err"))?;
    same(&question, &answer, &expected)
}

/// The text of the error, where there is no answer.
fn error_of(program: &str, args: &[&str]) -> anyhow::Result<String> {
    match holds(program, args) {
        Ok(answer) => bail!(
            "`{program} {}` could not answer, and became Ok({answer})",
            args.join(" ")
        ),
        Err(error) => Ok(format!("{error:#}")),
    }
}

#[test]
fn yes_is_true_and_no_is_false() {
    trial("Ok(true) for status 0, Ok(false) for status 1", || {
        fs::write("recipe.txt", "butter\nchicken\n")?;
        fs::write("other.txt", "butter\nchicory\n")?;
        answers("grep", &["butter", "recipe.txt"], true)?;
        answers("grep", &["sugar", "recipe.txt"], false)?;
        answers("cmp", &["recipe.txt", "other.txt"], false)
    })
    .read(PAGE)
    .prints("");
}

#[test]
fn what_was_said_beside_an_answer_does_not_change_it() {
    trial("the answer by the status, whatever stderr says", || {
        answers("sh", &["-c", "echo a warning >&2; exit 0"], true)?;
        answers("sh", &["-c", "echo a warning >&2; exit 1"], false)
    })
    .read(PAGE)
    .prints("");
}

#[test]
fn no_answer_is_an_error_in_the_programs_words() {
    trial("an error with the program's own words", || {
        error_of("grep", &["butter", "receipt.txt"])?;
        let locked = "echo 'the pantry' is locked >&2; exit 3";
        let error = error_of("sh", &["-c", locked])?;
        ensure!(
            error.contains("the pantry is locked"),
            "stderr was \"the pantry is locked\", and the error is {error:?}"
        );
        Ok(())
    })
    .read(PAGE)
    .prints("");
}

#[test]
fn a_signal_and_silence_are_no_answers() {
    trial("an error whenever the status is neither 0 nor 1", || {
        error_of("sh", &["-c", "kill -9 $$"])?;
        error_of("sh", &["-c", "exit 2"])?;
        error_of("no-such-program", &[])?;
        Ok(())
    })
    .read(PAGE)
    .prints("");
}
