//! The tables of attributes: fork, exec, and the commands of the last cell.

use super::estate::{Estate, PAGE, behind};
use super::{commands, verdicts};
use crate::table::{self, Row};
use anyhow::{Context, ensure};

/// The headings above them.
pub const TABLES: [&str; 8] = [
    "Signals",
    "Limits and turns",
    "Files and locks",
    "Places and names",
    "Groups and sessions",
    "Rights",
    "Timers",
    "Memory and threads",
];

/// Attributes that the page does not claim to have measured, each with the
/// manual page that says so.
const CITED: [(&str, &str); 2] = [
    ("cgroup", "cgroups.7"),
    ("keyring of the session", "keyrings.7"),
];

/// What a child cannot get from its double by the same calls: what only the
/// process itself has spent, or is, and what std has locked there.
const NOT_BY_PRE_EXEC: [&str; 3] = [
    "process id",
    "environment",
    "LD_PRELOAD and LD_LIBRARY_PATH",
];

/// What differs between any two processes, or between their rooms, and what the
/// heir has from its own name or buffer.
const NOT_THE_HEIRS_OWN: [&str; 6] = [
    "process id",
    "argv[0]",
    "text in a buffer",
    "SCHED_RESET_ON_FORK",
    "saved user id",
    "capabilities of another user",
];

pub fn hold(heading: &str) -> anyhow::Result<()> {
    let estate = Estate::new()?;
    let mut wrong = Vec::new();
    for row in table::rows(PAGE, heading)? {
        if let Err(error) = row_holds(&estate, &row) {
            wrong.push(format!("{}: {error:#}", row[0]));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

fn row_holds(estate: &Estate, row: &Row) -> anyhow::Result<()> {
    let [what, fork, exec, rest] = &row[..] else {
        anyhow::bail!("not four cells");
    };
    let name = name(what);
    if rest.contains("*Cited*") {
        let cited = CITED.iter().find(|(cited, _)| *cited == name);
        let (_, page) = cited.context("cited, and not in the list")?;
        ensure!(
            rest.contains(&format!("/{page}.html)")),
            "no link to {page}"
        );
        return Ok(());
    }
    let Some((over_fork, over_exec)) = verdicts::of(estate, &name)? else {
        println!("{name}: not allowed, or not there");
        return Ok(());
    };
    ensure!(verdict(fork)? == over_fork, "over fork: {over_fork}");
    ensure!(verdict(exec)? == over_exec, "over exec: {over_exec}");
    let spans: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
    for span in &spans {
        commands::hold(estate, &name, span).with_context(|| format!("`{span}`"))?;
    }
    a_start(estate, &name, over_fork != "new" && over_exec == "kept")?;
    if over_exec == "kept" && !NOT_BY_PRE_EXEC.contains(&name.as_str()) {
        for way in ["pre_exec", "before_spawn"] {
            commands::differs(estate, &name, estate.heir(&["start", &name, way])?)?;
        }
    }
    Ok(())
}

/// What goes over both goes over the starts of std and of duct, and nothing else
/// does.
fn a_start(estate: &Estate, name: &str, goes_over: bool) -> anyhow::Result<()> {
    if NOT_THE_HEIRS_OWN.contains(&name) {
        return Ok(());
    }
    for way in ["std", "duct"] {
        let (Some(child), Some(fresh)) = (
            estate.run(&["start", name, way])?,
            estate.run(&["show", name])?,
        ) else {
            continue;
        };
        let has_it = behind(&child, "shows ")? != behind(&fresh, "shows ")?;
        ensure!(
            has_it == goes_over,
            "started by {way}, the child has it: {has_it}"
        );
    }
    Ok(())
}

/// The first cell up to what is in brackets, without its marks.
pub fn name(cell: &str) -> String {
    let name = cell.split(" (").next().unwrap_or(cell);
    name.replace('`', "")
}

/// The word in bold at the start of a cell.
pub fn verdict(cell: &str) -> anyhow::Result<&str> {
    let rest = cell.strip_prefix("**");
    let word = rest.and_then(|rest| rest.split_once("**"));
    Ok(word.with_context(|| format!("no verdict: {cell}"))?.0)
}
