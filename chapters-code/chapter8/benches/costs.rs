//! What chapter 8 says costs more, as ratios: both sides take turns, and the
//! median of the pairs counts. Milliseconds differ from machine to machine, and
//! even a ratio is this machine's own; none of them is a test's verdict.
//!
//! `cargo bench -p chapter8`

use chapter8::measure::{Job, Way, one_thread, time};
use duct::cmd;
use rustix::pipe::fcntl_setpipe_size;
use std::env;
use std::fs::File;
use std::hint::black_box;
use std::io::{Read, pipe};
use std::thread;
use std::time::Instant;

const PAIRS: usize = 15;

/// The parent's memory where it matters.
const MIB: usize = 256;

fn main() -> anyhow::Result<()> {
    // `Way::Children` starts this program as it would start the chapter's.
    if env::args().nth(1).is_some_and(|first| first == "child") {
        return match env::args().nth(2).as_deref() {
            Some("wait") => chapter8::children::wait(),
            _ => chapter8::children::compute(),
        };
    }
    cooks()?;
    starts()?;
    memory()?;
    bytes()
}

fn cooks() -> anyhow::Result<()> {
    let cook = |way, job| move || time(way, job, 2).map(drop);
    let alone = || time(Way::OneAfterTheOther, Job::Compute, 1).map(drop);
    let cpus = thread::available_parallelism()?;
    println!("on {cpus} CPUs, median ratios of {PAIRS} pairs");
    for (name, way) in [
        ("two threads", Way::Threads),
        ("two children", Way::Children),
        ("two tasks in one thread", Way::Tasks),
    ] {
        let computing = ratio(cook(way, Job::Compute), alone)?;
        println!("  {name} computing / one job alone: {computing:.2}");
    }
    let in_turn = cook(Way::OneAfterTheOther, Job::Wait);
    let waiting = ratio(in_turn, cook(Way::Tasks, Job::Wait))?;
    println!("  two waits in turn / two tasks waiting: {waiting:.2}");
    Ok(())
}

fn starts() -> anyhow::Result<()> {
    let runtime = one_thread()?;
    let task = || Ok(runtime.block_on(runtime.spawn(async {}))?);
    let thread = || {
        thread::scope(|scope| drop(scope.spawn(|| ())));
        Ok(())
    };
    let child = || run("/bin/true");
    println!("  a thread / an async task: {:.1}", ratio(thread, task)?);
    println!("  a child / a thread: {:.1}", ratio(child, thread)?);
    Ok(())
}

fn memory() -> anyhow::Result<()> {
    let by_name = || run("true");
    let by_path = || run("/bin/true");
    let light = ratio(by_name, by_path)?;
    println!("  `true` / `/bin/true` from a light parent: {light:.1}");
    let memory = black_box(vec![1_u8; MIB << 20]);
    let heavy = ratio(by_name, by_path)?;
    println!("  the same from a parent with {MIB} MiB: {heavy:.1}");
    drop(black_box(memory));
    Ok(())
}

fn bytes() -> anyhow::Result<()> {
    let chunks = |length: usize| {
        move || {
            let mut zeros = File::open("/dev/zero")?.take(4 << 20);
            let mut chunk = vec![0; length];
            while zeros.read(&mut chunk)? > 0 {}
            Ok(())
        }
    };
    let chunked = ratio(chunks(16), chunks(4096))?;
    println!("  4 MiB in chunks of 16 / of 4096 bytes: {chunked:.1}");
    let small = ratio(through_a_pipe(4), through_a_pipe(64))?;
    println!("  32 MiB through 4 KiB of pipe / 64 KiB: {small:.2}");
    let large = ratio(through_a_pipe(64), through_a_pipe(1024))?;
    println!("  32 MiB through 64 KiB of pipe / 1 MiB: {large:.2}");
    Ok(())
}

fn through_a_pipe(kib: usize) -> impl FnMut() -> anyhow::Result<()> {
    let mut chunk = vec![0; 1 << 20];
    move || {
        let (mut reader, writer) = pipe()?;
        fcntl_setpipe_size(&reader, kib << 10)?;
        let dd = cmd!("dd", "if=/dev/zero", "bs=1M", "count=32");
        let child = dd.stderr_null().stdout_file(writer).start()?;
        while reader.read(&mut chunk)? > 0 {}
        child.wait()?;
        Ok(())
    }
}

fn run(program: &str) -> anyhow::Result<()> {
    cmd!(program).run()?;
    Ok(())
}

/// What `costly` takes divided by what `cheap` takes: pair by pair, so that a
/// busy moment of the machine meets both.
fn ratio(
    mut costly: impl FnMut() -> anyhow::Result<()>,
    mut cheap: impl FnMut() -> anyhow::Result<()>,
) -> anyhow::Result<f64> {
    let seconds = |what: &mut dyn FnMut() -> anyhow::Result<()>| {
        let start = Instant::now();
        what()?;
        anyhow::Ok(start.elapsed().as_secs_f64())
    };
    let mut ratios = [0.0; PAIRS];
    for ratio in &mut ratios {
        *ratio = seconds(&mut costly)? / seconds(&mut cheap)?;
    }
    ratios.sort_by(f64::total_cmp);
    Ok(ratios[PAIRS / 2])
}
