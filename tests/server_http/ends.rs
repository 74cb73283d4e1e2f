//! A run ends when its reader ends it, and nothing of it stays.

use crate::servers;
use anyhow::ensure;
use libtest_mimic::Trial;
use rustix::process::Signal;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};
use tests::chance::Chance;
use tests::harness::{linux_test, test};
use tests::http::status;
use tests::processes::standing_in;
use tests::server::{Server, awaited, left_in};

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
        linux_test(
            "the next server removes the folders of a killed one's runs",
            a_killed_servers_runs,
        ),
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

fn stops_by(signal: Signal) -> anyhow::Result<()> {
    let server = servers::of_scratch_book()?.starts()?;
    let own = left_in(&server.locked_folder("live")?)?;
    ensure!(!own.is_empty());
    let mut changes = server.changes()?;
    let mut silent = server.runs("chapter1/sleeps")?;
    silent.until("started")?;
    let mut held = server.runs("chapter1/holds")?;
    held.until("stdout")?;
    let half = tests::http::connect(server.address)?;
    let (status_of_server, left) = server.stopped_by(signal)?;
    ensure!(status_of_server.success(), "{status_of_server}");
    ensure!(left.is_nothing(), "{left:?}");
    ensure!(changes.until("reload").is_err());
    ensure!(silent.until("exited").is_err());
    ensure!(status(half)?.is_none());
    for folder in own {
        ensure!(!folder.exists(), "{} is still there", folder.display());
    }
    Ok(())
}

fn a_killed_servers_runs() -> anyhow::Result<()> {
    let mut server = servers::of_scratch_book()?.starts()?;
    let mut run = server.runs("chapter1/sleeps")?;
    let pid = run.until("started")?["pid"].clone();
    let folder = fs::read_link(format!("/proc/{pid}/cwd"))?;
    server.ends_by(Signal::KILL)?;
    awaited("the run to end", || {
        let standing = standing_in(&folder)?;
        Ok(standing.is_empty().then_some(()))
    })?;
    ensure!(folder.exists(), "{} never outlived it", folder.display());
    let _next = servers::of_scratch_book()?.starts()?;
    ensure!(!folder.exists(), "{} is still there", folder.display());
    Ok(())
}
