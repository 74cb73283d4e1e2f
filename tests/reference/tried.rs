//! A table whose last column is run: its commands end with the number of their
//! row, and say the words of its first cell.

use crate::table::{self, Row, code};
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use recording::{Kind, Recording};
use run::missing_tools;
use std::fmt::Write;
use std::process::{Command, Output, Stdio};
use tests::book::root;
use tests::harness;

/// What a row's number is.
#[derive(Clone, Copy)]
pub enum Number {
    /// The status in which bash sees each command end.
    Status,
    /// What each command prints.
    Printed,
}

/// Programs that a bare machine may lack. A row that starts one needs it.
const PROGRAMS: [&str; 18] = [
    "apt-get", "cargo", "curl", "ffmpeg", "find", "git", "make", "node", "perl", "pgrep",
    "python3", "sox", "ssh", "stdbuf", "sudo", "tar", "timeout", "xargs",
];

/// A test for each row of the table below a heading.
pub fn rows(page: &'static str, heading: &'static str, number: Number) -> Vec<Trial> {
    rows_with(page, heading, number, &[])
}

/// The same; these variables are set for each command.
pub fn rows_with(
    page: &'static str,
    heading: &'static str,
    number: Number,
    variables: &[(&'static str, String)],
) -> Vec<Trial> {
    let rows = match table::rows(page, heading) {
        Ok(rows) => rows,
        Err(error) => {
            let failed = harness::failed(error);
            return vec![Trial::test(format!("{page}: {heading}"), || Err(failed))];
        }
    };
    let trial = |row: Row| {
        let name = format!("{page}: {heading}: {}", row[0]);
        let words = row.last().map(|it| words(it)).unwrap_or_default();
        let mut needs = PROGRAMS.to_vec();
        needs.retain(|it| words.iter().any(|word| word == it));
        let missing = missing_tools(&needs);
        let variables = variables.to_vec();
        harness::needing(name, &missing, move || holds(&row, number, &variables))
    };
    rows.into_iter().map(trial).collect()
}

fn words(cell: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let words = cell.split(|c| !is_part(c));
    words.map(str::to_owned).collect()
}

/// A row is run, or shown by a recording, or marked as cited.
fn holds(row: &Row, number: Number, variables: &[(&str, String)]) -> anyhow::Result<()> {
    let (seen, tried) = (&row[0], row.last().context("a row has cells")?);
    if let Some(listing) = tried.strip_prefix("{{#ref ") {
        let listing = listing.trim_end_matches("}}");
        return is_recorded(listing, first_number(seen)?);
    }
    if tried.contains("*cited*") {
        ensure!(tried.contains("](https://"), "no link: {tried}");
        ensure!(!tried.contains('`'), "cited, and run: {tried}");
        return Ok(());
    }
    let wanted = match tried.rsplit_once(" gives ") {
        Some((_, number)) => number.trim().parse()?,
        None => first_number(seen)?,
    };
    let commands = code(tried);
    ensure!(!commands.is_empty(), "neither run nor cited: {tried}");
    let mut said = String::new();
    for command in commands {
        let output = in_bash(&command, variables)?;
        let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let got = match number {
            Number::Status => output.status.code().context("bash was killed")?,
            Number::Printed => stdout.trim().parse().context(stdout.clone())?,
        };
        ensure!(got == wanted, "`{command}`: {got}, {stderr}");
        said += &stdout;
        said += &stderr;
    }
    // What programs say stands in code: who says it behind a "from".
    let words = seen.split(", ").filter(|it| !it.starts_with("from "));
    let from = seen.split_once(": ").map(|(_, words)| words);
    for words in words.chain(from).flat_map(code) {
        ensure!(said.contains(&words), "nobody said {words:?}: {said}");
    }
    Ok(())
}

fn first_number(cell: &str) -> anyhow::Result<i32> {
    let digits: String = cell.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().with_context(|| format!("no number: {cell}"))
}

/// Runs it in an empty folder. bash waits for the last command too, and so tells
/// how it ended.
fn in_bash(command: &str, variables: &[(&str, String)]) -> anyhow::Result<Output> {
    let folder = tempfile::tempdir()?;
    let mut bash = Command::new("bash");
    bash.args(["-c", &format!("{command}\nexit $?")])
        .current_dir(folder.path())
        .env("LC_ALL", "C")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null());
    for name in [
        "PYTHONUNBUFFERED",
        "http_proxy",
        "HTTP_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ] {
        bash.env_remove(name);
    }
    bash.output().context("starting bash")
}

/// A recorded run printed this number, or ended with it.
fn is_recorded(listing: &str, number: i32) -> anyhow::Result<()> {
    let recording = Recording::read(&root(), &listing.parse()?)?;
    let mut told = String::new();
    for event in &recording.events {
        match &event.kind {
            Kind::Stdout(bytes) | Kind::Stderr(bytes) => {
                told.push_str(&String::from_utf8_lossy(&bytes.0));
            }
            Kind::Exited { outcome, .. } => write!(told, " {outcome:?}")?,
            _ => {}
        }
    }
    let mut numbers = told.split(|c: char| !c.is_ascii_digit());
    ensure!(
        numbers.any(|it| it == number.to_string()),
        "the recording of {listing} has no {number}"
    );
    Ok(())
}
