//! What the server costs: `cargo bench -p tests`.
//!
//! Each figure is a ratio or a difference of two things done in one run, one
//! after the other and again, so that a busy machine troubles both alike. It
//! fails where a figure is beyond its bound.

use anyhow::{Context, ensure};
use recording::catalogue::ListingName;
use recording::{Event, Kind};
use run::Start;
use serde_json::json;
use std::fs;
use std::io::{self, Read};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tests::book::{chapters, listings, root};
use tests::cargo;
use tests::figures::median;
use tests::scratch_book::ScratchBook;
use tests::server::{self, Server};

/// A listing of a few milliseconds, and one of a second.
const SHORT: &str = "chapter5/word_count";
const LONG: &str = "chapter2/full_pipe";

/// What the server may add to the short one's first output, and to its end.
const MOST_ADDED: Duration = Duration::from_millis(5);

/// How much longer the long one may take.
const MOST_TIMES: f64 = 1.05;

/// How fast a gibibyte must come through a run, `cat` being 1.
const LEAST_SPEED: f64 = 0.8;

/// How much longer an edit may take from the press of Run to its first output,
/// `cargo run` after the same edit being 1.
const MOST_AFTER_EDIT: f64 = 1.2;

const GIBIBYTE: u64 = 1 << 30;

fn main() -> anyhow::Result<()> {
    let server = server::Start::of(&root()).starts()?;
    settled(&server)?;
    let mut kept = short(&server)?;
    kept &= long(&server)?;
    kept &= edited(&server)?;
    kept &= gibibyte()?;
    drop(server);
    ensure!(kept, "a figure is beyond its bound");
    Ok(())
}

/// Waits until nothing is built any more: the chapters, and last the tracer.
fn settled(server: &Server) -> anyhow::Result<()> {
    let mut listings = listings();
    // The first of each chapter: they are sorted.
    listings.dedup_by(|one, before| one.chapter == before.chapter);
    for listing in listings {
        server.runs(&listing.to_string())?.to_end()?;
    }
    let ListingName { chapter, name } = SHORT.parse()?;
    let wanted = json!({ "chapter": chapter, "listing": name, "xray": true });
    server.begins(&wanted)?.to_end().map(drop)
}

/// When a run's first output came, and when its end.
#[derive(Clone, Copy)]
struct Times {
    first: Duration,
    end: Duration,
}

fn short(server: &Server) -> anyhow::Result<bool> {
    let pairs = pairs(server, SHORT, 101)?;
    let first = median(
        pairs
            .iter()
            .map(|[server, direct]| added(server.first, direct.first)),
    );
    let end = median(
        pairs
            .iter()
            .map(|[server, direct]| added(server.end, direct.end)),
    );
    println!("{SHORT}: the server adds {first:.2} ms to the first output, {end:.2} ms to the end");
    let most = MOST_ADDED.as_secs_f64() * 1e3;
    Ok(first <= most && end <= most)
}

fn long(server: &Server) -> anyhow::Result<bool> {
    let pairs = pairs(server, LONG, 7)?;
    let times = pairs
        .iter()
        .map(|[server, direct]| server.end.as_secs_f64() / direct.end.as_secs_f64());
    let times = median(times);
    println!("{LONG}: through the server it takes {times:.3} times as long");
    Ok(times <= MOST_TIMES)
}

fn pairs(server: &Server, listing: &str, count: usize) -> anyhow::Result<Vec<[Times; 2]>> {
    let listing: ListingName = listing.parse()?;
    let pair = || Ok([through_server(server, &listing)?, directly(&listing)?]);
    // The first of each finds the disk's cache cold.
    pair().and_then(|_: [Times; 2]| (0..count).map(|_| pair()).collect())
}

fn through_server(server: &Server, listing: &ListingName) -> anyhow::Result<Times> {
    let began = Instant::now();
    let mut run = server.runs(&listing.to_string())?;
    run.until("stdout")?;
    let first = began.elapsed();
    run.until("exited")?;
    let end = began.elapsed();
    run.to_end()?;
    Ok(Times { first, end })
}

/// As a shell would start it, its output taken.
fn directly(listing: &ListingName) -> anyhow::Result<Times> {
    let folder = tempfile::tempdir()?;
    let began = Instant::now();
    let mut child = Command::new(chapters().binary(&listing.chapter)?)
        .arg(&listing.name)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut stdout = child.stdout.take().context("stdout is piped")?;
    let read = stdout.read_exact(&mut [0]);
    let first = began.elapsed();
    child.wait()?;
    let end = began.elapsed();
    read.map(|()| Times { first, end })
        .context("it says nothing")
}

/// An edit in the page, and the same in a terminal: in a copy of the book, so
/// that the book itself stays as it is.
fn edited(server: &Server) -> anyhow::Result<bool> {
    let book = ScratchBook::whole("whole")?;
    let listing: ListingName = SHORT.parse()?;
    let own = fs::read_to_string(root().join(listing.source()))?;
    server.agrees()?;
    let mut ratios = Vec::new();
    for number in 0..=11 {
        let says = format!("-> anyhow::Result<()> {{\n    println!(\"edit {number}\");");
        let edit = own.replacen("-> anyhow::Result<()> {", &says, 1);
        let here = edited_in_page(server, &edit)?;
        let there = edited_in_terminal(&book, &listing, &edit)?;
        // The first of each compiles what no edit changes.
        if number > 0 {
            ratios.push(here.as_secs_f64() / there.as_secs_f64());
        }
    }
    let ratio = median(ratios);
    println!("{SHORT}, edited: {ratio:.2} times as long as `cargo run` to the first output");
    Ok(ratio <= MOST_AFTER_EDIT)
}

fn edited_in_page(server: &Server, edit: &str) -> anyhow::Result<Duration> {
    let began = Instant::now();
    let mut run = server.runs_edited(SHORT, edit)?;
    run.until("stdout")?;
    let first = began.elapsed();
    run.to_end()?;
    Ok(first)
}

fn edited_in_terminal(
    book: &ScratchBook,
    listing: &ListingName,
    edit: &str,
) -> anyhow::Result<Duration> {
    book.write(&listing.source().to_string_lossy(), edit)?;
    let began = Instant::now();
    let mut child = cargo::in_a_terminal()
        .args(["run", "-p", &listing.chapter, "--", &listing.name])
        .current_dir(&book.root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut stdout = child.stdout.take().context("stdout is piped")?;
    let read = stdout.read_exact(&mut [0]);
    let first = began.elapsed();
    let read = read.and_then(|()| io::copy(&mut stdout, &mut io::sink()));
    child.wait()?;
    read.map(|_| first).context("it says nothing")
}

/// The same bytes by a run and by `cat`: written a pipeful at a time, and in
/// the small pieces of `head`, where the price of an event shows.
fn gibibyte() -> anyhow::Result<bool> {
    let pipefuls = format!(
        "dd if=/dev/zero bs=65536 count={} status=none",
        GIBIBYTE >> 16
    );
    let speed = against_cat(&pipefuls)?;
    println!("1 GiB through a run has {speed:.2} of the speed of `cat >/dev/null`");
    let small = against_cat(&format!("head -c {GIBIBYTE} /dev/zero"))?;
    println!("… and {small:.2} of it if the program writes small pieces");
    Ok(speed.min(small) >= LEAST_SPEED)
}

fn against_cat(program: &str) -> anyhow::Result<f64> {
    let mut speeds = Vec::new();
    for _ in 0..5 {
        let run = through_run(program)?;
        let cat = through_cat(program)?;
        speeds.push(cat.as_secs_f64() / run.as_secs_f64());
    }
    Ok(median(speeds))
}

fn through_run(program: &str) -> anyhow::Result<Duration> {
    let folder = tempfile::tempdir()?;
    let start = Start::new("sh", folder.path())
        .argument("-c")
        .argument(program);
    let began = Instant::now();
    let mut bytes = 0;
    for event in start.supervised_by(chapters().supervisor()?)? {
        let event: Event = event?;
        if let Kind::Stdout(piece) = event.kind {
            bytes += piece.0.len() as u64;
        }
    }
    ensure!(bytes == GIBIBYTE, "{bytes} bytes came");
    Ok(began.elapsed())
}

fn through_cat(program: &str) -> anyhow::Result<Duration> {
    let script = format!("{program} | cat >/dev/null");
    let began = Instant::now();
    let status = Command::new("sh").args(["-c", &script]).status()?;
    ensure!(status.success(), "{status}");
    Ok(began.elapsed())
}

/// In milliseconds.
fn added(server: Duration, direct: Duration) -> f64 {
    (server.as_secs_f64() - direct.as_secs_f64()) * 1e3
}
