//! What is told of the listing's processes.

use super::started::{Started, at_its_start, program};
use anyhow::Context;
use libtest_mimic::{Arguments, Trial};
use std::collections::BTreeSet;
use tracer::lines::{Innermost, Lines};

const SOURCE: &str = include_str!("src/listings/waiting.rs");

macro_rules! trials {
    ($($name:ident),* $(,)?) => {
        vec![$(Trial::test(stringify!($name), || $name().map_err(Into::into))),*]
    };
}

pub fn run() {
    let trials = trials![
        a_sleeper_is_at_the_call_that_it_sleeps_in,
        what_waits_for_a_thread_is_known_by_what_was_called,
        a_start_is_at_the_line_that_starts,
        what_was_found_is_forgotten_with_its_process,
        another_program_is_at_no_line,
        another_listing_of_the_program_is_at_no_line,
    ];
    libtest_mimic::run(&Arguments::from_args(), trials).exit()
}

/// The line that ends in this comment.
fn line(comment: &str) -> Option<u32> {
    let ending = format!(" // {comment}");
    let at = SOURCE.lines().position(|line| line.ends_with(&ending))?;
    u32::try_from(at + 1).ok()
}

fn lines_asleep(lines: &mut Lines, listing: &Started) -> anyhow::Result<BTreeSet<Option<u32>>> {
    let tids = listing.asleep()?;
    let at = tids.into_iter().map(|tid| {
        let innermost = Innermost::of_sleeping(tid)?;
        lines.line(listing.pid(), innermost)
    });
    Ok(at.collect())
}

fn a_sleeper_is_at_the_call_that_it_sleeps_in() -> anyhow::Result<()> {
    let listing = Started::new()?;
    let mut lines = Lines::new(&program()?, "waiting");
    let expected = ["reads", "parks", "waits"].map(line);
    assert_eq!(lines_asleep(&mut lines, &listing)?, expected.into());
    // And once more, from what was found.
    assert_eq!(lines_asleep(&mut lines, &listing)?, expected.into());
    Ok(())
}

fn what_waits_for_a_thread_is_known_by_what_was_called() -> anyhow::Result<()> {
    let listing = Started::new()?;
    let mut lines = Lines::new(&program()?, "waiting");
    for _ in 0..2 {
        for tid in listing.asleep()? {
            let innermost = Innermost::of_sleeping(tid).context("it sleeps")?;
            let place = lines
                .place(listing.pid(), innermost)
                .context("it has one")?;
            let parks = Some(place.line) == line("parks");
            assert_eq!(place.waits_for_a_thread, parks, "{place:?}");
        }
    }
    Ok(())
}

fn a_start_is_at_the_line_that_starts() -> anyhow::Result<()> {
    let mut lines = Lines::new(&program()?, "waiting");
    let at = at_its_start(|pid, registers| lines.line(pid, registers))?;
    assert_eq!(at, line("starts"));
    Ok(())
}

fn what_was_found_is_forgotten_with_its_process() -> anyhow::Result<()> {
    let mut lines = Lines::new(&program()?, "waiting");
    let first = at_its_start(|pid, registers| {
        let at = lines.line(pid, registers);
        lines.forget(pid);
        at
    })?;
    // It has other addresses, and the same line.
    let second = at_its_start(|pid, registers| lines.line(pid, registers))?;
    assert_eq!([first, second], [line("starts"); 2]);
    Ok(())
}

fn another_program_is_at_no_line() -> anyhow::Result<()> {
    let listing = Started::new()?;
    let mut lines = Lines::new("/bin/sh".as_ref(), "waiting");
    assert_eq!(lines_asleep(&mut lines, &listing)?, [None].into());
    Ok(())
}

fn another_listing_of_the_program_is_at_no_line() -> anyhow::Result<()> {
    let listing = Started::new()?;
    let mut lines = Lines::new(&program()?, "other");
    assert_eq!(lines_asleep(&mut lines, &listing)?, [None].into());
    Ok(())
}
