//! What tracing a run costs: `cargo bench -p tests --bench tracer`.
//!
//! Each figure is a ratio of two things done in one run, in turns, so that a busy
//! machine troubles both alike. It fails where a figure is beyond its bound.
//!
//! Two are given of each: of the whole run, as somebody waits for it who has pressed
//! X-ray; and of the stretch in which the thing is done, between two lines that the
//! program prints. Between them lie the start of the tracer, some milliseconds, and
//! its end. 200 starts take so long that the whole is bounded; 200 MB go through a
//! pipe in less than a tenth of a second, so there it is the stretch.

use anyhow::{Context, Result, ensure};
use recording::{Event, Kind};
use run::{Run, Start};
use std::time::Instant;
use tests::book::chapters;
use tests::figures::median;

const ROUNDS: usize = 11;

/// How much longer 200 starts of a program may take, one after the other.
const STARTS: &str = "i=0; while [ $i -lt 200 ]; do /bin/true; i=$((i+1)); done";
const MOST_FOR_STARTS: f64 = 2.2;

/// How much longer 200 MB through a pipe may take.
const BYTES: &str = "head -c 200000000 /dev/zero | cat >/dev/null";
const MOST_FOR_BYTES: f64 = 1.15;

fn main() -> Result<()> {
    let starts = ratios("200 starts", STARTS)?;
    let bytes = ratios("200 MB through a pipe", BYTES)?;
    ensure!(
        starts.whole <= MOST_FOR_STARTS && bytes.stretch <= MOST_FOR_BYTES,
        "a figure is beyond its bound"
    );
    Ok(())
}

/// Of a run, and of the stretch in it: seconds, or how many times as many.
struct Times {
    whole: f64,
    stretch: f64,
}

/// The medians of how many times as long a script takes when it is traced.
fn ratios(what: &str, script: &str) -> Result<Times> {
    let (supervisor, tracer) = (chapters().supervisor()?, chapters().binary("tracer")?);
    let (mut whole, mut stretch) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let plain = time(script, |start| start.supervised_by(supervisor))?;
        let traced = time(script, |start| start.traced_by(tracer, supervisor))?;
        whole.push(traced.whole / plain.whole);
        stretch.push(traced.stretch / plain.stretch);
    }
    let (whole, stretch) = (median(whole), median(stretch));
    println!("{what}: traced, it takes {stretch:.2} times as long, and its whole run {whole:.2}");
    Ok(Times { whole, stretch })
}

fn time(script: &str, start: impl FnOnce(Start) -> Result<Run>) -> Result<Times> {
    let folder = tempfile::tempdir()?;
    let began = Instant::now();
    let script = Start::new("sh", folder.path())
        .argument("-c")
        .argument(format!("echo; {script}; echo"));
    let events: Vec<Event> = start(script)?.to_end()?;
    let whole = began.elapsed().as_secs_f64();
    let untraced = |it: &Event| matches!(it.kind, Kind::Untraced { .. });
    ensure!(!events.iter().any(untraced), "tracing is refused here");
    let printed = |it: &&Event| matches!(it.kind, Kind::Stdout(_));
    let (first, last) = (events.iter().find(printed), events.iter().rfind(printed));
    let (first, last) = first.zip(last).context("it prints nothing")?;
    let stretch = last.t - first.t;
    ensure!(stretch > 0.0, "both lines came at once");
    Ok(Times { whole, stretch })
}
