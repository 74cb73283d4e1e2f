//! A run ends when its reader ends it, and nothing of it stays.

use crate::{linux_test, servers, test};
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use rustix::process::Signal;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};
use tests::chance::Chance;
use tests::http::status;
use tests::scratch_book::ScratchBook;
use tests::server::Server;

pub fn tests() -> Vec<Trial> {
    vec![
        linux_test("200 clients that vanish leave nothing", vanishing_clients),
        linux_test("a silent run ends with its client", a_silent_run),
        linux_test(
            "a client that does not read holds up nobody else",
            a_client_that_does_not_read,
        ),
        linux_test(
            "a stop reaches grandchildren that hold stdout",
            a_stop_reaches_grandchildren,
        ),
        test("an interrupt is what the listing sees", an_interrupt),
        linux_test("SIGINT stops the server and all that it started", || {
            stops_by(Signal::INT)
        }),
        linux_test("SIGTERM stops the server and all that it started", || {
            stops_by(Signal::TERM)
        }),
        linux_test("SIGHUP stops the server and all that it started", || {
            stops_by(Signal::HUP)
        }),
    ]
}

/// Listings that leave no file: what a run leaves for its reader is kept.
const LISTINGS: [&str; 6] = ["greets", "sleeps", "holds", "counts", "repeats", "mumbles"];

fn vanishing_clients() -> anyhow::Result<()> {
    let server = servers::of_scratch_book()?.starts()?;
    server.runs("chapter1/greets")?.to_end()?;
    server.left_alone(usize::MAX)?;
    let before = server.open_files()?.len();
    thread::scope(|scope| {
        let clients = (0..8).map(|client| {
            let server = &server;
            scope.spawn(move || {
                let mut chance = Chance::new(client);
                (0..25).try_for_each(|_| vanishes(server, &mut chance))
            })
        });
        let clients: Vec<_> = clients.collect();
        clients
            .into_iter()
            .try_for_each(|client| client.join().expect("a client panicked"))
    })?;
    server.left_alone(before)?;
    ensure!(server.runs("chapter1/greets")?.to_end()?.stdout()? == b"hello\n");
    Ok(())
}

fn vanishes(server: &Server, chance: &mut Chance) -> anyhow::Result<()> {
    let listing = LISTINGS[chance.below(LISTINGS.len())];
    let mut run = server.runs(&format!("chapter1/{listing}"))?;
    for _ in 0..chance.below(4) {
        // The moment is what chance decides here, not what is waited for.
        thread::sleep(Duration::from_millis(chance.below(20) as u64));
        let silent = ["sleeps", "repeats"].contains(&listing);
        if chance.below(2) == 0 && !silent && run.event()?.is_none() {
            break;
        }
    }
    Ok(())
}

fn a_silent_run() -> anyhow::Result<()> {
    let server = servers::of_scratch_book()?.starts()?;
    let before = server.open_files()?.len();
    let mut run = server.runs("chapter1/sleeps")?;
    run.until("started")?;
    let began = Instant::now();
    drop(run);
    server.left_alone(before)?;
    ensure!(
        began.elapsed() < Duration::from_secs(30),
        "{:?}",
        began.elapsed()
    );
    Ok(())
}

fn a_client_that_does_not_read() -> anyhow::Result<()> {
    let server = servers::of_scratch_book()?.starts()?;
    let before = server.open_files()?.len();
    let mut deaf = server.runs("chapter1/floods")?;
    deaf.until("started")?;
    let ended = server.runs("chapter1/greets")?.to_end()?;
    ensure!(
        ended.event("compared")?["verdict"] == "as_recorded",
        "{ended:?}"
    );
    drop(deaf);
    server.left_alone(before)
}

fn a_stop_reaches_grandchildren() -> anyhow::Result<()> {
    let server = servers::of_scratch_book()?.starts()?;
    let before = server.open_files()?.len();
    let mut run = server.runs("chapter1/holds")?;
    ensure!(run.until("stdout")?["text"] == "held\n");
    let began = Instant::now();
    let stop = server
        .asked("POST", &run.path("/stop")?)
        .json("{}")
        .sent()?;
    ensure!(stop.status == 204, "{}", stop.status);
    let ended = run.to_end()?;
    let took = began.elapsed();
    ended.event("exited")?;
    ensure!(
        ended.event("compared")?["verdict"] == "not_compared",
        "{ended:?}"
    );
    // A second after the interrupt, half a second after the terminate, and the
    // rest for a machine that is busy.
    ensure!(took < Duration::from_secs(15), "{took:?}");
    server.left_alone(before)
}

fn an_interrupt() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let mut run = server.runs("chapter1/sleeps")?;
    run.until("started")?;
    let stop = server.asked("POST", &run.path("/stop")?);
    ensure!(stop.json("{}").sent()?.status == 204);
    let ended = run.to_end()?;
    ensure!(ended.event("exited")?["signal"] == 2, "{ended:?}");
    Ok(())
}

/// Where a server has its rendered pages: beside the lock that it holds.
fn folders_of_pages(server: &Server) -> anyhow::Result<Vec<PathBuf>> {
    let live = ScratchBook::existing(servers::NAME).path("target/live");
    let mut open = server.open_files()?.into_iter().map(PathBuf::from);
    let lock = open.find(|it| it.starts_with(&live) && it.ends_with("lock"));
    let lock = lock.context("it holds no lock")?;
    let beside = fs::read_dir(lock.parent().context("a folder")?)?;
    let beside: Vec<_> = beside.map(|it| Ok(it?.path())).collect::<io::Result<_>>()?;
    Ok(beside.into_iter().filter(|it| *it != lock).collect())
}

fn stops_by(signal: Signal) -> anyhow::Result<()> {
    let server = servers::of_scratch_book()?.starts()?;
    let own = folders_of_pages(&server)?;
    ensure!(!own.is_empty());
    let mut changes = server.changes()?;
    let mut silent = server.runs("chapter1/sleeps")?;
    silent.until("started")?;
    let mut held = server.runs("chapter1/holds")?;
    held.until("stdout")?;
    let half = tests::http::connect(server.address)?;
    let (status_of_server, left) = server.stopped_by(signal)?;
    ensure!(status_of_server.success(), "{status_of_server}");
    ensure!(
        left.standing.is_empty() && left.folders.is_empty(),
        "{left:?}"
    );
    ensure!(changes.until("reload").is_err());
    ensure!(silent.until("exited").is_err());
    ensure!(status(half)?.is_none());
    for folder in own {
        ensure!(!folder.exists(), "{} is still there", folder.display());
    }
    Ok(())
}
