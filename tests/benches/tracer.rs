//! What tracing a run costs: `cargo bench -p tests --bench tracer`.
//!
//! Each figure is a ratio of two things done in one run, in turns, so that a busy
//! machine troubles both alike. It fails where a figure is beyond its bound.

use anyhow::{Result, ensure};
use recording::Kind;
use run::{Run, Start};
use std::time::{Duration, Instant};
use tests::book::chapters;

const ROUNDS: usize = 11;

/// How much longer 200 starts of a program may take, one after the other.
const STARTS: &str = "i=0; while [ $i -lt 200 ]; do /bin/true; i=$((i+1)); done";
const MOST_FOR_STARTS: f64 = 2.2;

/// How much longer 200 MB through a pipe may take.
const BYTES: &str = "head -c 200000000 /dev/zero | cat >/dev/null";
const MOST_FOR_BYTES: f64 = 1.15;

fn main() -> Result<()> {
    let starts = ratio("200 starts", STARTS)?;
    let bytes = ratio("200 MB through a pipe", BYTES)?;
    ensure!(
        starts <= MOST_FOR_STARTS && bytes <= MOST_FOR_BYTES,
        "a figure is beyond its bound"
    );
    Ok(())
}

/// The median of how many times as long a script takes when it is traced.
fn ratio(what: &str, script: &str) -> Result<f64> {
    let (supervisor, tracer) = (chapters().supervisor()?, chapters().binary("tracer")?);
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let plain = time(script, |start| start.supervised_by(supervisor))?;
        let traced = time(script, |start| start.traced_by(tracer, supervisor))?;
        ratios.push(traced.as_secs_f64() / plain.as_secs_f64());
    }
    ratios.sort_by(f64::total_cmp);
    let median = ratios[ROUNDS / 2];
    println!("{what}: traced, it takes {median:.2} times as long");
    Ok(median)
}

fn time(script: &str, start: impl FnOnce(Start) -> Result<Run>) -> Result<Duration> {
    let folder = tempfile::tempdir()?;
    let began = Instant::now();
    let script = Start::new("sh", folder.path())
        .argument("-c")
        .argument(script);
    let untraced = |kind: &Kind| matches!(kind, Kind::Untraced { .. });
    for event in start(script)? {
        ensure!(!untraced(&event?.kind), "tracing is refused here");
    }
    Ok(began.elapsed())
}
