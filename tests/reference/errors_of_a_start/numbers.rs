//! "By its number", and "How it is printed".

use super::case::PAGE;
use crate::table::{self, Row, code};
use anyhow::{Context, bail, ensure};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::io::{self, Error};
use std::panic;
use std::process::Command;

const NUMBERS: &[(&str, i32)] = &[
    ("EPERM", libc::EPERM),
    ("ENOENT", libc::ENOENT),
    ("EIO", libc::EIO),
    ("E2BIG", libc::E2BIG),
    ("ENOEXEC", libc::ENOEXEC),
    ("EAGAIN", libc::EAGAIN),
    ("ENOMEM", libc::ENOMEM),
    ("EACCES", libc::EACCES),
    ("EFAULT", libc::EFAULT),
    ("ENOTDIR", libc::ENOTDIR),
    ("EISDIR", libc::EISDIR),
    ("EINVAL", libc::EINVAL),
    ("ENFILE", libc::ENFILE),
    ("EMFILE", libc::EMFILE),
    ("ETXTBSY", libc::ETXTBSY),
    ("ENAMETOOLONG", libc::ENAMETOOLONG),
    ("ENOSYS", libc::ENOSYS),
    ("ELOOP", libc::ELOOP),
    ("ELIBBAD", libc::ELIBBAD),
    ("ESTALE", libc::ESTALE),
];

/// The classes that Python makes of the numbers.
fn classes() -> anyhow::Result<Vec<String>> {
    let numbers: Vec<_> = NUMBERS.iter().map(|(_, number)| *number).collect();
    let script = format!("for n in {numbers:?}: print(type(OSError(n, '')).__name__)");
    let output = Command::new("python3").args(["-c", &script]).output()?;
    let told = String::from_utf8(output.stdout)?;
    Ok(told.lines().map(str::to_owned).collect())
}

pub fn numbers() -> anyhow::Result<()> {
    let mut rows = table::rows(PAGE, "By its number")?.into_iter();
    let mut faults = String::new();
    let classes = classes()?;
    ensure!(classes.len() == NUMBERS.len(), "{classes:?}");
    for ((name, number), class) in NUMBERS.iter().zip(classes) {
        let kind = Error::from_raw_os_error(*number).kind();
        let first = vec![format!("{name}"), format!("os error {number}")];
        let expected = [first, vec![format!("{kind:?}")], vec![class]];
        let row = rows.next().unwrap_or_default();
        let cells: Vec<_> = row.iter().take(3).map(|cell| code(cell)).collect();
        if cells != expected {
            writeln!(faults, "{expected:?}, but the page has {cells:?}")?;
        }
    }
    ensure!(rows.next().is_none(), "the page has more numbers");
    if !faults.is_empty() {
        bail!("{faults}");
    }
    Ok(())
}

/// A number leads to the tables that have it, and to no other.
pub fn lead_to_their_tables(headings: &[&str]) -> anyhow::Result<()> {
    let mut faults = String::new();
    let rows = table::rows(PAGE, "By its number")?;
    for ((name, number), row) in NUMBERS.iter().zip(rows) {
        let mut tables = BTreeSet::new();
        for heading in headings {
            let has_it = |row: &Row| row[0].contains(&format!("(os error {number})"));
            if table::rows(PAGE, heading)?.iter().any(has_it) {
                tables.insert(anchor(heading));
            }
        }
        let links = row[3].split("](#").skip(1);
        let links = links.filter_map(|rest| Some(rest.split_once(')')?.0.to_owned()));
        let links: BTreeSet<_> = links.collect();
        if links != tables || tables.is_empty() {
            writeln!(
                faults,
                "{name} leads to {links:?}, and stands in {tables:?}"
            )?;
        }
    }
    ensure!(faults.is_empty(), "{faults}");
    Ok(())
}

/// A heading as mdBook makes an id of it.
fn anchor(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || " _-".contains(*c));
    let kept: String = kept.collect();
    kept.to_lowercase().replace(' ', "-")
}

#[expect(clippy::unwrap_used, reason = "what unwrap prints is asked for")]
pub fn printed() -> anyhow::Result<()> {
    let error = || Error::from_raw_os_error(libc::ENOENT);
    let failed = || -> io::Result<()> { Err(error()) };
    let unwrapped = panic::catch_unwind(|| failed().unwrap());
    let unwrapped = unwrapped.expect_err("it panics");
    let unwrapped = unwrapped.downcast_ref::<String>().context("a text")?;
    // A backtrace follows, if the environment asks for one.
    let returned = format!("Error: {:?}", anyhow::Error::from(error()));
    let returned = returned.lines().next().context("a line")?;
    let with_context = Err::<(), _>(error()).with_context(|| "running lemon");
    let with_context = with_context.expect_err("it is an error");
    let expected = [
        format!("{}", error()),
        format!("Error: {:?}", error()),
        unwrapped.to_owned(),
        returned.to_owned(),
        format!("{with_context:#}"),
    ];
    let rows = table::rows(PAGE, "How it is printed")?;
    let cells: Vec<_> = rows.iter().map(|row| code(&row[0]).join(" ")).collect();
    ensure!(
        cells == expected,
        "{expected:#?}, but the page has {cells:#?}"
    );
    Ok(())
}
