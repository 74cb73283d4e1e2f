use super::said;
use anyhow::{Context, ensure};
use std::fs;
use std::process::Command;
use trial::{same, trial};

const PAGE: &str = "chapter5-pipes/who-holds-the-other-end.md";

/// A server that lives until it is told to write once more, and then reports
/// whether it could.
const SERVER: &str = "{ read go; echo more; echo lives >&3; } <go 3>news &";

fn make_fifos() -> anyhow::Result<()> {
    let made = Command::new("mkfifo").args(["go", "news"]).status()?;
    ensure!(made.success(), "mkfifo failed");
    Ok(())
}

/// What the server reports: nothing, if its next line was its end.
fn asked() -> anyhow::Result<String> {
    println!("`said` has returned; the server is told to write once more");
    fs::write("go", "go\n").context("telling the server")?;
    fs::read_to_string("news").context("hearing from the server")
}

#[test]
fn it_returns_while_the_server_runs_and_the_server_lives_on() {
    trial("`ready` while the server runs, and a server unharmed", || {
        make_fifos()?;
        let said = said(&format!("{SERVER} echo ready"))?;
        same("what the script said", &said.trim_end(), &"ready")?;
        let news = asked()?;
        ensure!(
            news == "lives\n",
            "the server wrote another line to its stdout, and it was its end"
        );
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_megabyte_comes_whole() {
    trial("1,000,000 bytes while the server runs", || {
        make_fifos()?;
        let said = said(&format!("{SERVER} yes word | head -n 200000"))?;
        let lines = said.lines().filter(|line| *line == "word").count();
        same("the number of lines", &lines, &200_000)?;
        asked()?;
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_script_that_fails_is_an_error() {
    trial("an error, since the script exits with 3", || {
        let result = said("echo ready; exit 3");
        ensure!(result.is_err(), "the script failed, and it said {result:?}");
        Ok(())
    })
    .read(PAGE)
    .passes();
}
