//! What a switch costs with little memory and with much. A byte goes to `cat`
//! and back, so both processes sleep and wake in turns; the time of a round
//! trip is measured while this process holds 1 MiB, and 1000 MiB. Both take
//! turns, and the ratio of the medians is what counts.
//!
//! `cargo bench -p chapter0 --bench switch`

use anyhow::Context;
use duct::cmd;
use std::fs;
use std::hint::black_box;
use std::io::{Read, Write, pipe};
use std::time::{Duration, Instant};

const ROUNDS: usize = 9;
const TRIPS: u32 = 20_000;

fn main() -> anyhow::Result<()> {
    let (mut little, mut much) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        little.push(round_trip(1)?);
        much.push(round_trip(1000)?);
    }
    let (little, much) = (median(little), median(much));
    println!("a round trip, two switches, median of {ROUNDS}");
    println!("     1 MiB  {little:.2?}");
    println!("  1000 MiB  {much:.2?}");
    println!(
        "  ratio     {:.2}",
        much.as_secs_f64() / little.as_secs_f64()
    );
    Ok(())
}

/// The mean time of a byte's way to `cat` and back, with so many MiB in use.
fn round_trip(mib: usize) -> anyhow::Result<Duration> {
    let heap = vec![1u8; mib << 20];
    let (stdin, mut there) = pipe()?;
    let (mut back, stdout) = pipe()?;
    let cat = cmd!("cat").stdin_file(stdin).stdout_file(stdout).start()?;
    let before = switches()?;
    let start = Instant::now();
    for _ in 0..TRIPS {
        there.write_all(b"?")?;
        back.read_exact(&mut [0])?;
    }
    let took = start.elapsed();
    let switched = switches()? - before;
    anyhow::ensure!(
        switched > u64::from(TRIPS) / 2,
        "only {switched} switches in {TRIPS} round trips"
    );
    drop(there);
    cat.wait()?;
    black_box(heap);
    Ok(took / TRIPS)
}

/// How often this process, which has one thread, has left a CPU: to wait, or
/// because `cat` was let before it. Which of the two a round trip brings is up
/// to the scheduler: proc_pid_status(5).
fn switches() -> anyhow::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")
        .context("reading /proc/self/status, which only Linux has")?;
    let lines = status.lines().filter_map(|line| line.split_once(":\t"));
    let counts = lines.filter(|(field, _)| field.ends_with("ctxt_switches"));
    let counts: Vec<u64> = counts
        .map(|(_, count)| count.parse())
        .collect::<Result<_, _>>()?;
    anyhow::ensure!(!counts.is_empty(), "no count of switches");
    Ok(counts.iter().sum())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
