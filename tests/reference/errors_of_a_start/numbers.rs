//! "By its number", and "How it is printed".

use super::case::{PAGE, code};
use crate::table;
use anyhow::{Context, bail, ensure};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::io::{self, Error};
use std::process::Command;
use std::{fs, panic};
use tests::book::root;

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

/// Each errno of the page is among the numbers, and each number is somewhere.
pub fn all_numbers() -> anyhow::Result<()> {
    let text = fs::read_to_string(root().join("book/appendix-reference").join(PAGE))?;
    let listed = text.matches("os error ").count();
    ensure!(listed > NUMBERS.len(), "{listed} numbers on the page");
    let inside: BTreeSet<i32> = text
        .split("(os error ")
        .skip(1)
        .filter_map(|rest| rest.split_once(')')?.0.parse().ok())
        .collect();
    let known: BTreeSet<i32> = NUMBERS.iter().map(|(_, number)| *number).collect();
    ensure!(
        inside == known,
        "the other tables have {inside:?}, \"By its number\" has {known:?}"
    );
    Ok(())
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
