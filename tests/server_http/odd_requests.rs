//! Requests that no browser makes: refused or bounded, and the server goes on.

use crate::servers;
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use std::io::{Read, Write};
use std::time::{Duration, Instant};
use tests::chance::Chance;
use tests::harness::test;
use tests::http::{Answer, connect, status};
use tests::server::Server;

pub fn tests() -> Vec<Trial> {
    vec![
        test("a huge body is refused", a_huge_body),
        test("huge headers are refused", huge_headers),
        test("slow clients are let go, and others served", slow_clients),
        test("whatever is sent, the server goes on", whatever_is_sent),
    ]
}

fn a_huge_body() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let body = format!(
        r#"{{"chapter":"{}","listing":"greets"}}"#,
        "x".repeat(200_000)
    );
    // A length that is said and sent, one that is said and never sent, and none.
    let said = server.asked("POST", "/runs").json(&body).sent()?;
    ensure!(said.status == 413, "{}", said.status);
    let promised = server.asked("POST", "/runs").json("{");
    let promised = promised.with("Content-Length", "1000000000000").sent()?;
    ensure!(promised.status == 413, "{}", promised.status);
    let chunks = format!("30d40\r\n{}\r\n0\r\n\r\n", "x".repeat(200_000));
    let unsaid = server.asked("POST", "/runs").json(&chunks);
    let unsaid = unsaid.with("Transfer-Encoding", "chunked").sent()?;
    ensure!(unsaid.status == 413, "{}", unsaid.status);
    // Only where an edit may come can it be longer than 16 KiB.
    let blank = format!("{{{}}}", " ".repeat(20_000));
    let consent = server.asked("POST", "/consent").json(&blank).sent()?;
    ensure!(consent.status == 413, "{}", consent.status);
    Ok(())
}

fn huge_headers() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let long = server.read("GET", "/").with("X-Long", &"x".repeat(100_000));
    let many = (0..500).fold(server.read("GET", "/"), |request, number| {
        request.with(&format!("X-{number}"), "x")
    });
    let path = server.read("GET", &format!("/{}", "x".repeat(100_000)));
    for request in [long, many, path] {
        let status = request.status()?;
        ensure!(
            status.is_none_or(|status| (400..500).contains(&status)),
            "{status:?}"
        );
    }
    ensure!(server.page("/")?.contains("Scratch"));
    Ok(())
}

/// More than the server serves at once.
const SLOW: usize = 300;

fn slow_clients() -> anyhow::Result<()> {
    let server = servers::of_scratch_book()?.starts()?;
    let began = Instant::now();
    let mut slow = Vec::new();
    for number in 0..SLOW {
        let mut client = connect(server.address)?;
        // Some say nothing, some stop in the middle of a header.
        let said: &[u8] = if number % 2 == 0 {
            b""
        } else {
            b"GET / HTTP/1.1\r\nHo"
        };
        client.write_all(said)?;
        slow.push(client);
    }
    ensure!(server.page("/")?.contains("Scratch"));
    let mut body = connect(server.address)?;
    let head = server
        .asked("POST", "/runs")
        .json("")
        .with("Content-Length", "9")
        .head();
    body.write_all(head.as_bytes())?;
    ensure!(status(body)? == Some(408));
    let mut first = slow.remove(0);
    let mut rest = Vec::new();
    // The server has let it go: the connection ends, after an answer or none.
    let _ = first.read_to_end(&mut rest);
    ensure!(
        began.elapsed() < Duration::from_secs(60),
        "{:?}",
        began.elapsed()
    );
    Ok(())
}

const METHODS: [&str; 9] = [
    "GET", "POST", "HEAD", "PUT", "OPTIONS", "TRACE", "CONNECT", "get", "\u{1}",
];
const PATHS: [&str; 16] = [
    "/",
    "/runs",
    "/runs/",
    "/runs/r1/stdin",
    "/runs/r1",
    "/runs/r1/stop",
    "/runs/r1/artifacts/a",
    "/runs/%2e%2e/artifacts/%2e%2e%2fa",
    "/changes",
    "/%",
    "/%00",
    "*",
    "",
    "/../..",
    "http://x/",
    "/index.html?a=%ff#b",
];
const HEADERS: [&str; 14] = [
    "Content-Length: -1",
    "Content-Length: 5",
    "Transfer-Encoding: chunked",
    "Range: bytes=9-1",
    "Range: bytes=0-99999999999999999999",
    "If-None-Match: *",
    "Expect: 100-continue",
    "Content-Type: application/json",
    "Authorization: Bearer \u{ff}",
    "Origin: null",
    "Connection: upgrade\r\nUpgrade: h2c",
    "Last-Event-ID: \u{ff}",
    ": none",
    "Host: x",
];
const BODIES: [&str; 10] = [
    "",
    "{",
    "{}",
    r#"{"chapter":"chapter1","listing":"lacks"}"#,
    r#"{"text":"\ud800"}"#,
    r#"{"text":1e999}"#,
    r#"{"text":null,"end":1}"#,
    r#"{"end":9}"#,
    "[[[[[[[[[[[[",
    "5\r\n{\"a\":\r\n0\r\n",
];

fn whatever_is_sent() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    for seed in 0..400 {
        let mut chance = Chance::new(seed);
        let request = odd_request(&server, &mut chance);
        let told = || format!("seed {seed}: {:?}", String::from_utf8_lossy(&request));
        let answered = ask(&server, &request).with_context(told)?;
        ensure!(
            answered.is_none_or(|status| status < 500),
            "{}: {answered:?}",
            told()
        );
    }
    ensure!(server.runs("chapter1/greets")?.to_end()?.stdout()? == b"hello\n");
    Ok(())
}

/// The status, if there is any.
fn ask(server: &Server, request: &[u8]) -> anyhow::Result<Option<u16>> {
    let mut client = connect(server.address)?;
    // A server that has heard enough hangs up.
    let _ = client.write_all(request);
    let _ = client.shutdown(std::net::Shutdown::Write);
    Ok(Answer::read(client).ok().map(|answer| answer.status))
}

/// A request that is right in most parts, so that it comes past the first check.
fn odd_request(server: &Server, chance: &mut Chance) -> Vec<u8> {
    let asked = server.asked(chance.one_of(&METHODS), chance.one_of(&PATHS));
    let body = chance.one_of(&BODIES);
    let mut request = asked.json(body);
    for name in ["Host", "Origin", "Authorization", "Content-Type"] {
        if chance.below(8) == 0 {
            request = request.without(name);
        }
    }
    let head = request.head();
    let mut head = head.trim_end().to_owned();
    for _ in 0..chance.below(3) {
        head.push_str("\r\n");
        head.push_str(chance.one_of(&HEADERS));
    }
    let mut bytes = format!("{head}\r\n\r\n{body}").into_bytes();
    for _ in 0..[0, 0, 0, 1, 4][chance.below(5)] {
        let at = chance.below(bytes.len());
        match chance.below(3) {
            0 => bytes[at] = chance.below(256) as u8,
            1 => bytes.truncate(at.max(1)),
            _ => bytes.insert(at, chance.below(256) as u8),
        }
    }
    bytes
}
