use super::piped;
use anyhow::{bail, ensure};
use trial::{same, trial};

const PAGE: &str = "chapter5-pipes/whose-status.md";

/// It must be an error that names this script.
fn blamed(script: &str, result: anyhow::Result<String>) -> anyhow::Result<()> {
    match result {
        Ok(said) => bail!("`{script}` failed, and it returned Ok({said:?})"),
        Err(error) => {
            let error = format!("{error:#}");
            ensure!(
                error.contains(script),
                "`{script}` failed, and the error does not name it: {error:?}"
            );
            Ok(())
        }
    }
}

#[test]
fn a_left_side_that_its_reader_has_left_is_no_failure() {
    trial("the line that `head` took from `yes`", || {
        let said = piped("exec yes", "head -n1")?;
        same("the line", &said.trim_end(), &"y")
    })
    .read(PAGE)
    .passes();
}

#[test]
fn another_failure_of_the_left_side_is_an_error() {
    trial("an error, since the left script exits by itself", || {
        let left = "cat orders.txt 2>/dev/null";
        blamed(left, piped(left, "wc -l"))?;
        blamed("exit 141", piped("exit 141", "cat"))
    })
    .read(PAGE)
    .passes();
}

#[test]
fn another_signal_is_an_error_too() {
    trial("an error, since signal 9 has ended the left script", || {
        let left = "kill -9 $$";
        blamed(left, piped(left, "cat"))
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_right_side_that_fails_is_an_error_whatever_becomes_of_the_left() {
    trial("an error, since the right script exits with 4", || {
        let right = "head -n1; exit 4";
        blamed(right, piped("exec yes", right))?;
        blamed(right, piped("echo y", right))?;
        let quoted = "head -n1 | grep \"no such line\"";
        blamed(quoted, piped("echo y", quoted))
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_right_side_is_not_forgiven_its_sigpipe() {
    trial("an error, since 13 has ended the right script", || {
        let right = "head -n1; kill -13 $$";
        blamed(right, piped("exec yes", right))?;
        blamed(right, piped("echo y", right))
    })
    .read(PAGE)
    .passes();
}
