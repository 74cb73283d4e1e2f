use super::resident;
use anyhow::{Context, Result, ensure};
use std::hint::black_box;
use std::process::Command;
use std::time::Duration;
use std::{fs, process, thread};
use trial::{same, trial};

const PAGE: &str = "chapter0-kitchen/mapped-not-handed-over.md";
const MIB: usize = 1 << 20;

/// What a kernel with larger pages, or one that counts late, may add.
const SLACK: usize = 4 * MIB;

fn of_ourselves() -> Result<usize> {
    let bytes = resident(process::id())?;
    Ok(bytes.context("we have memory, and the answer was None")? as usize)
}

#[test]
fn memory_counts_when_it_is_touched_and_not_when_it_is_asked_for() {
    trial("the bytes that are in memory, and none on paper", || {
        let before = of_ourselves()?;
        let mut list = vec![0u8; 256 * MIB];
        let asked = of_ourselves()?;
        for byte in black_box(&mut list)[..64 * MIB].iter_mut().step_by(4096) {
            *byte = 1;
        }
        let touched = of_ourselves()?;
        drop(black_box(list));
        let dropped = of_ourselves()?;

        let grown = asked.saturating_sub(before);
        ensure!(
            grown < SLACK,
            "256 MiB were asked for and not touched, \
             and the answer grew by {grown}"
        );
        let grown = touched.saturating_sub(asked);
        ensure!(
            grown.abs_diff(64 * MIB) < SLACK,
            "64 MiB, 67108864 bytes, were touched, \
             and the answer grew by {grown}"
        );
        let more = dropped.saturating_sub(asked);
        ensure!(
            more < SLACK,
            "all was given back, and {more} bytes more \
             than before it was touched are reported as in memory"
        );
        for bytes in [before, asked, touched] {
            ensure!(
                bytes % 4096 == 0,
                "{bytes} bytes are not a whole number of pages, \
                 and memory comes in pages of 4096"
            );
        }
        Ok(())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_process_that_has_gone_has_none() {
    trial("`None` for a process that has gone", || {
        let mut child = Command::new("true").spawn()?;
        child.wait()?;
        let bytes = resident(child.id())
            .context("it was asked about a process that has gone")?;
        same("the answer", &bytes, &None)
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_process_that_has_ended_and_is_still_listed_has_none() {
    trial("`None` for a process that has ended", || {
        let mut child = Command::new("true").spawn()?;
        let status = format!("/proc/{}/status", child.id());
        while !fs::read_to_string(&status)?.contains("State:\tZ") {
            thread::sleep(Duration::from_millis(1));
        }
        let bytes = resident(child.id());
        child.wait()?;
        let bytes = bytes.context(
            "it was asked about a process that has ended and is still listed",
        )?;
        same("the answer", &bytes, &None)
    })
    .read(PAGE)
    .passes();
}
