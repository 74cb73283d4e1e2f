//! How the server opens, and where it does not.

use crate::servers;
use anyhow::{Context, bail, ensure};
use libtest_mimic::Trial;
use std::net::TcpListener;
use tests::harness;
use tests::harness::test;
use tests::processes::pid_namespace;
use tests::server::Start;

pub fn tests() -> Vec<Trial> {
    vec![
        test("where a port is taken the next one is", the_next_port),
        test(
            "an address for others is refused unless insisted on",
            an_address_for_others,
        ),
        test("each start has a token of its own", a_token_of_its_own),
        in_a_pid_namespace(
            "a server in another pid namespace takes no pages away",
            another_namespace,
        ),
    ]
}

/// As a second container on the same checkout would be.
fn in_a_pid_namespace(name: &str, run: fn(Start) -> anyhow::Result<()>) -> Trial {
    if !cfg!(target_os = "linux") {
        return harness::skipped(name, "no pid namespaces");
    }
    let namespace = pid_namespace();
    let missing: &[_] = match namespace {
        Some(_) => &[],
        None => &["leave to make a pid namespace"],
    };
    harness::needing(name, missing, move || {
        let namespace = namespace.context("it is there")?;
        run(servers::of_scratch_book()?.within(namespace))
    })
}

fn another_namespace(other: Start) -> anyhow::Result<()> {
    let server = servers::of_scratch_book()?.starts()?;
    ensure!(server.page("/")?.contains("Scratch"));
    let other = other.starts()?;
    ensure!(other.page("/")?.contains("Scratch"));
    ensure!(server.page("/")?.contains("Scratch"));
    drop(server);
    ensure!(other.page("/")?.contains("Scratch"));
    Ok(())
}

fn the_next_port() -> anyhow::Result<()> {
    let taken = TcpListener::bind("127.0.0.1:0")?;
    let port = taken.local_addr()?.port();
    let start = servers::of_scratch_book()?.with(&["--port", &port.to_string()]);
    let server = start.starts_there()?;
    let found = server.address.port();
    ensure!(found > port && found < port.saturating_add(100), "{found}");
    ensure!(server.page("/")?.contains("Scratch"));
    Ok(())
}

fn an_address_for_others() -> anyhow::Result<()> {
    let all = servers::of_scratch_book()?.with(&["--host", "0.0.0.0"]);
    let Err(error) = all.starts() else {
        bail!("it listens");
    };
    let error = error.to_string();
    ensure!(error.contains("--let-others-in"), "{error}");
    let insisted = ["--host", "0.0.0.0", "--let-others-in"];
    let server = servers::of_scratch_book()?.with(&insisted).starts()?;
    ensure!(server.page("/")?.contains("Scratch"));
    let rebound = format!("rebound.example:{}", server.address.port());
    let rebound = server.read("GET", "/").with("Host", &rebound).sent()?;
    ensure!(rebound.status == 403, "{}", rebound.status);
    Ok(())
}

fn a_token_of_its_own() -> anyhow::Result<()> {
    let (one, two) = (servers::scratch()?, servers::book()?);
    ensure!(one.token() != two.token());
    // 128 bits or more, in hexadecimal digits.
    ensure!(one.token().len() >= 32 && one.token().bytes().all(|it| it.is_ascii_hexdigit()));
    Ok(())
}
