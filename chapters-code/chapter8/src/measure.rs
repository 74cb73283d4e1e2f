//! The program `measure`: waiting and computing, one job after the other and
//! by many cooks at once, on the reader's own machine.

use crate::job::{WAIT, compute};
use crate::plot;
use anyhow::Context;
use duct::cmd;
use listing::typed;
use std::env::current_exe;
use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};
use tokio::runtime::{self, Runtime};
use tokio::task::JoinSet;

/// How many do the same job at once.
const COOKS: usize = 4;

/// Of so many rounds the median counts; in each, all ways take their turns.
const ROUNDS: usize = 3;

const PLOT: &str = "measure.svg";

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    Wait,
    Compute,
}

/// By whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    OneAfterTheOther,
    Threads,
    Children,
    Tasks,
}

impl Way {
    pub const ALL: [Way; 4] = [
        Way::OneAfterTheOther,
        Way::Threads,
        Way::Children,
        Way::Tasks,
    ];

    fn name(self) -> &'static str {
        match self {
            Way::OneAfterTheOther => "one after the other",
            Way::Threads => "threads",
            Way::Children => "child processes",
            Way::Tasks => "async tasks",
        }
    }
}

/// `chapter8 measure`: prints a table, and leaves a plot in the working
/// directory.
pub fn main(arguments: Vec<OsString>) -> ExitCode {
    let usage = typed::here("cargo run -p chapter8 -- measure");
    if let Some(first) = arguments.first() {
        if first != "-h" && first != "--help" {
            eprintln!("error: measure takes no arguments: {usage}");
            return ExitCode::from(2);
        }
        println!("{usage}");
        println!("{COOKS} jobs that wait, and {COOKS} that compute: in turn,");
        println!("by threads, by child processes and by async tasks.");
        println!("Prints a table, and leaves {PLOT} in this folder.");
        return ExitCode::SUCCESS;
    }
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> anyhow::Result<()> {
    say_how_busy_it_is();
    let waiting = table(Job::Wait)?;
    println!("{COOKS} jobs that wait, median of {ROUNDS} rounds");
    print(&waiting);
    let computing = table(Job::Compute)?;
    println!("{COOKS} jobs that compute, median of {ROUNDS} rounds");
    print(&computing);
    let groups = [("waiting", bars(&waiting)), ("computing", bars(&computing))];
    plot::bars(
        PLOT,
        "milliseconds from the first start to the last end",
        &groups,
    )?;
    println!("plotted in {PLOT}");
    Ok(())
}

/// Tells whoever sits before it what else the figures depend on. (They are not
/// part of what is measured: two runs print the same lines.)
fn say_how_busy_it_is() {
    let mut stderr = io::stderr();
    if !stderr.is_terminal() {
        return;
    }
    let cpus = thread::available_parallelism().map_or(1, usize::from);
    // The first word: over the last minute (proc_loadavg(5)).
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load: Option<f64> =
        load.split(' ').next().and_then(|it| it.parse().ok());
    let line = match load {
        Some(load) if load * 2.0 > cpus as f64 => format!(
            "{cpus} CPUs, load {load}: others work here too, and what computes takes longer"
        ),
        Some(load) => format!("{cpus} CPUs, load {load}"),
        None => format!("{cpus} CPUs"),
    };
    let _ = writeln!(stderr, "{line}");
}

fn print(table: &[(Way, Duration)]) {
    for (way, took) in table {
        let milliseconds = took.as_secs_f64() * 1000.0;
        println!("  {:<21}{milliseconds:.0} ms", way.name());
    }
}

fn bars(table: &[(Way, Duration)]) -> Vec<(&'static str, f64)> {
    let bar = |(way, took): &(Way, Duration)| {
        (way.name(), took.as_secs_f64() * 1000.0)
    };
    table.iter().map(bar).collect()
}

/// How long each way takes for a job: medians of rounds.
fn table(job: Job) -> anyhow::Result<Vec<(Way, Duration)>> {
    let mut rounds = Way::ALL.map(|way| (way, Vec::new()));
    for _ in 0..ROUNDS {
        for (way, times) in &mut rounds {
            times.push(time(*way, job, COOKS)?);
        }
    }
    let medians = rounds.into_iter();
    medians
        .map(|(way, times)| Ok((way, median(times)?)))
        .collect()
}

/// How long so many cooks take, from the first start to the last end.
///
/// # Errors
/// A child or the runtime does not start.
pub fn time(way: Way, job: Job, cooks: usize) -> anyhow::Result<Duration> {
    let runtime = one_thread()?;
    let start = Instant::now();
    match way {
        Way::OneAfterTheOther => (0..cooks).for_each(|_| do_it(job)),
        Way::Threads => thread::scope(|scope| {
            for _ in 0..cooks {
                scope.spawn(|| do_it(job));
            }
        }),
        Way::Children => children(job, cooks)?,
        Way::Tasks => tasks(&runtime, job, cooks)?,
    }
    Ok(start.elapsed())
}

fn do_it(job: Job) {
    match job {
        Job::Wait => thread::sleep(WAIT),
        Job::Compute => compute(),
    }
}

fn children(job: Job, cooks: usize) -> anyhow::Result<()> {
    let name = match job {
        Job::Wait => "wait",
        Job::Compute => "compute",
    };
    let child = cmd!(current_exe()?, "child", name);
    let children: Result<Vec<_>, _> =
        (0..cooks).map(|_| child.start()).collect();
    for child in children.context("starting a child")? {
        child.wait()?;
    }
    Ok(())
}

fn tasks(runtime: &Runtime, job: Job, cooks: usize) -> anyhow::Result<()> {
    runtime.block_on(async {
        let mut tasks = JoinSet::new();
        for _ in 0..cooks {
            tasks.spawn(async move {
                match job {
                    Job::Wait => tokio::time::sleep(WAIT).await,
                    Job::Compute => compute(),
                }
            });
        }
        while let Some(ended) = tasks.join_next().await {
            ended?;
        }
        Ok(())
    })
}

/// A runtime whose tasks all run in the thread that calls `block_on`.
///
/// # Errors
/// The system refuses what it needs.
pub fn one_thread() -> anyhow::Result<Runtime> {
    let mut runtime = runtime::Builder::new_current_thread();
    runtime.enable_all().build().context("starting tokio")
}

/// How long something takes, in milliseconds: the median of so many times.
///
/// # Errors
/// It fails once.
pub fn milliseconds<T>(
    times: usize,
    mut what: impl FnMut() -> anyhow::Result<T>,
) -> anyhow::Result<f64> {
    let mut all = Vec::with_capacity(times);
    for _ in 0..times {
        let start = Instant::now();
        what()?;
        all.push(start.elapsed());
    }
    Ok(median(all)?.as_secs_f64() * 1000.0)
}

/// The middle one of an odd number of times, or the upper of the middle two.
fn median(mut times: Vec<Duration>) -> anyhow::Result<Duration> {
    times.sort();
    let middle = times.get(times.len() / 2);
    middle.copied().context("no time was taken")
}
