//! "Exit statuses".

mod one_death;
mod page;

use crate::table;
use crate::tried::{self, Number};
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use page::PAGE;
use std::fs;
use tests::harness;

pub fn tests() -> Vec<Trial> {
    let mut tests = tried::rows(PAGE, "The numbers", Number::Status);
    tests.extend(tried::rows(
        PAGE,
        "128 and a signal's number",
        Number::Status,
    ));
    tests.extend(tried::rows(PAGE, "Above 255, and below 0", Number::Printed));
    tests.push(harness::test("a shell adds 128 to the signal", shells_sums));
    tests.push(harness::test("sysexits.h has these numbers", sysexits));
    tests.extend(one_death::tests());
    tests
}

/// In each row of signals the first number is the second and 128, and the name is
/// that signal's.
fn shells_sums() -> anyhow::Result<()> {
    for row in table::rows(PAGE, "128 and a signal's number")? {
        let (number, name) = row[1].split_once(", SIG").context(row[1].clone())?;
        let number: u32 = number.parse()?;
        let sum = row[0].split(',').next().unwrap_or_default();
        ensure!(sum == (number + 128).to_string(), "{row:?}");
        let bash = duct::cmd!("bash", "-c", format!("kill -l {sum}")).read()?;
        ensure!(bash.trim_start_matches("SIG") == name, "{row:?}: {bash}");
    }
    Ok(())
}

/// The names are the header's, and all of the header's from 64 on are there.
fn sysexits() -> anyhow::Result<()> {
    let header = fs::read_to_string("/usr/include/sysexits.h").context("libc6-dev has it")?;
    let define = |line: &str| {
        let mut words = line.strip_prefix("#define ")?.split_whitespace();
        let name = words.next().filter(|it| !it.starts_with("EX__"))?;
        Some((words.next()?.parse::<u32>().ok()?, name.to_owned()))
    };
    let mut wanted: Vec<_> = header.lines().filter_map(define).collect();
    wanted.retain(|(number, _)| *number >= 64);
    let mut seen = Vec::new();
    for row in table::rows(PAGE, "64 to 78: sysexits")? {
        let name = table::code(&row[1]).into_iter().next().context("a name")?;
        seen.push((row[0].parse::<u32>()?, name));
    }
    ensure!(seen == wanted, "{seen:?}, and the header {wanted:?}");
    Ok(())
}
