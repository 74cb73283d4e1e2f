//! The ways in which people reach a server on their machine: what the browser then
//! names in `Host`, and what it gets. A forward changes the port, and leaves the name.

use crate::servers;
use crate::strangers::greets;
use anyhow::{Context, bail, ensure};
use libtest_mimic::Trial;
use std::net::TcpListener;
use tests::container::told_in_the_container;
use tests::harness::{self, test};
use tests::http::{Answer, Request};
use tests::server::Server;

pub fn tests() -> Vec<Trial> {
    vec![
        test(
            "each way to the server leads in, or says what to do",
            each_way,
        ),
        test(
            "each way to a server that others reach, too",
            each_way_for_others,
        ),
        needing_ipv6("each way to a server on ::1, too", each_way_by_ipv6),
        test("a page that is refused is a page", a_refused_page),
        test("what is no page is refused in JSON", no_page),
        test(
            "a way in is none for another port's page",
            another_ports_page,
        ),
        test("the advice that is printed leads in", printed_advice),
    ]
}

/// What a way leads to.
#[derive(Clone, Copy, PartialEq)]
enum Leads {
    In,
    /// To a page that says what to do.
    Nowhere,
}
use Leads::{In, Nowhere};

/// Of a server on 127.0.0.1, as `cargo run` starts it. `PORT` is its port.
const WAYS: &[(&str, &str, Leads)] = &[
    ("the printed address", "127.0.0.1:PORT", In),
    ("by the name that people know", "localhost:PORT", In),
    (
        "a name whose search list is left out",
        "localhost.:PORT",
        In,
    ),
    ("a client that keeps its letters", "LocalHost:PORT", In),
    ("a browser that prefers IPv6", "[::1]:PORT", In),
    ("ssh -L 8080:127.0.0.1:PORT", "localhost:8080", In),
    ("ssh -L 8080:127.0.0.1:PORT", "127.0.0.1:8080", In),
    ("ssh -6 -L 8080:localhost:PORT", "[::1]:8080", In),
    ("ssh -L 80:127.0.0.1:PORT, as root", "localhost", In),
    ("docker run -p 127.0.0.1:8080:PORT", "127.0.0.1:8080", In),
    ("docker run -p 127.0.0.1:80:PORT", "127.0.0.1", In),
    ("WSL, from a browser on Windows", "localhost:PORT", In),
    ("WSL behind netsh portproxy", "localhost:8080", In),
    ("an editor that forwards ports", "127.0.0.1:49152", In),
    ("kubectl port-forward 8080:PORT", "localhost:8080", In),
    // What others reach is what the reader has to ask for.
    (
        "the machine's address in its network",
        "192.168.1.7:PORT",
        Nowhere,
    ),
    ("WSL's own address", "172.22.144.1:PORT", Nowhere),
    ("another loopback address", "127.0.0.2:PORT", Nowhere),
    ("all addresses", "0.0.0.0:PORT", Nowhere),
    ("an IPv6 address in its network", "[fe80::7]:PORT", Nowhere),
    ("the machine's name", "kitchen.local:PORT", Nowhere),
    ("a name in /etc/hosts", "kitchen:PORT", Nowhere),
    (
        "a reverse proxy that keeps the name",
        "book.example",
        Nowhere,
    ),
    ("Codespaces", "cook-spoon-3000.app.github.dev", Nowhere),
    // What an attacker's name server points here.
    ("a name that is rebound", "rebound.example:PORT", Nowhere),
    (
        "one that looks like ours",
        "localhost.rebound.example:PORT",
        Nowhere,
    ),
    (
        "one that looks like ours",
        "127.0.0.1.rebound.example",
        Nowhere,
    ),
    ("one below ours", "rebound.localhost:PORT", Nowhere),
    ("a user before our name", "user@127.0.0.1:PORT", Nowhere),
    ("no port", "localhost:", Nowhere),
    ("no number", "localhost:http", Nowhere),
    ("too large a number", "localhost:65536", Nowhere),
    ("two of them", "localhost:PORT, rebound.example", Nowhere),
    ("nobody", "", Nowhere),
];

/// Of one that was started with `--host 0.0.0.0 --let-others-in`, as in the container.
const WAYS_OF_OTHERS: &[(&str, &str, Leads)] = &[
    ("the printed address", "127.0.0.1:PORT", In),
    ("docker run -p 127.0.0.1:8080:PORT", "localhost:8080", In),
    ("docker run -p 8080:PORT", "192.168.1.7:8080", In),
    ("a container's own address", "172.17.0.2:PORT", In),
    ("WSL's own address", "172.22.144.1:PORT", In),
    ("an IPv6 address in its network", "[fe80::7]:PORT", In),
    ("the machine's name", "kitchen.local:PORT", Nowhere),
    (
        "a reverse proxy that keeps the name",
        "book.example",
        Nowhere,
    ),
    ("a name that is rebound", "rebound.example:PORT", Nowhere),
    (
        "an address with letters",
        "192.168.1.7.rebound.example:PORT",
        Nowhere,
    ),
];

/// Of one that was started with `--host ::1`.
const WAYS_BY_IPV6: &[(&str, &str, Leads)] = &[
    ("the printed address", "[::1]:PORT", In),
    ("a name with two addresses", "localhost:PORT", In),
    ("ssh -L 8080:[::1]:PORT", "127.0.0.1:8080", In),
    ("an IPv6 address in its network", "[fe80::7]:PORT", Nowhere),
    ("a name that is rebound", "rebound.example:PORT", Nowhere),
];

fn each_way() -> anyhow::Result<()> {
    lead(&*servers::scratch()?, WAYS)
}

fn each_way_for_others() -> anyhow::Result<()> {
    let all = told_in_the_container()?;
    ensure!(all == ["--host", "0.0.0.0", "--let-others-in"], "{all:?}");
    let all: Vec<_> = all.iter().map(String::as_str).collect();
    let server = servers::of_scratch_book()?.with(&all).starts()?;
    lead(&server, WAYS_OF_OTHERS)
}

fn each_way_by_ipv6() -> anyhow::Result<()> {
    let server = servers::of_scratch_book()?.with(&["--host", "::1"]);
    lead(&server.starts()?, WAYS_BY_IPV6)
}

fn needing_ipv6(name: &str, run: fn() -> anyhow::Result<()>) -> Trial {
    match TcpListener::bind("[::1]:0") {
        Ok(_) => test(name, run),
        Err(_) => harness::skipped(name, "no IPv6 address"),
    }
}

/// All that a page asks for has to agree: the page, its run, and what it is told of
/// changes.
fn lead(server: &Server, ways: &[(&str, &str, Leads)]) -> anyhow::Result<()> {
    for (way, host, leads) in ways {
        let host = host.replace("PORT", &server.address.port().to_string());
        by(server, &host, *leads).with_context(|| format!("{way}: Host: {host}"))?;
    }
    Ok(())
}

fn by(server: &Server, host: &str, leads: Leads) -> anyhow::Result<()> {
    let origin = format!("http://{host}");
    let got = statuses(server, host, &origin)?;
    let page = opened(server, host).sent()?;
    match leads {
        In => {
            ensure!(got == [200; 3], "{got:?}");
            ensure!(page.text()?.contains("Scratch"));
            let run = asked(server, host, &origin);
            let without = run.without("Authorization").sent()?.status;
            ensure!(without == 401, "without the token: {without}");
        }
        Nowhere => {
            ensure!(got == [403; 3], "{got:?}");
            says_what_to_do(page)?;
        }
    }
    Ok(())
}

/// Of a page, a run and the stream of changes.
pub(crate) fn statuses(server: &Server, host: &str, origin: &str) -> anyhow::Result<[u16; 3]> {
    let page = opened(server, host).sent()?.status;
    let run = asked(server, host, origin).sent()?.status;
    let told = told_of_changes(server, host, origin).sent()?.status;
    Ok([page, run, told])
}

/// A page, as a browser asks for it when an address is opened.
pub(crate) fn opened(server: &Server, host: &str) -> Request {
    let accepts = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let read = server.read("GET", "/").with("Host", host);
    read.with("Accept", accepts)
        .with("Sec-Fetch-Site", "none")
        .with("Sec-Fetch-Mode", "navigate")
}

/// A run, as the page asks for it.
pub(crate) fn asked(server: &Server, host: &str, origin: &str) -> Request {
    greets(server)
        .with("Host", host)
        .with("Origin", origin)
        .with("Accept", "*/*")
        .with("Sec-Fetch-Site", "same-origin")
}

/// An `EventSource` of the page. To its own site a browser sends it without `Origin`;
/// with one it has to be the page's too.
pub(crate) fn told_of_changes(server: &Server, host: &str, origin: &str) -> Request {
    let read = server.read("GET", "/changes").with("Host", host);
    read.with("Origin", origin)
        .with("Accept", "text/event-stream")
        .with("Sec-Fetch-Site", "same-origin")
}

pub(crate) fn says_what_to_do(page: Answer) -> anyhow::Result<()> {
    let kind = page.headers.get("content-type").cloned();
    ensure!(
        kind.as_deref() == Some("text/html; charset=utf-8"),
        "{kind:?}"
    );
    let text = page.text()?;
    for words in ["<title>", "in the terminal", "http://127.0.0.1"] {
        ensure!(text.contains(words), "{words}: {text}");
    }
    Ok(())
}

fn a_refused_page() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let answer = opened(&server, "<b>&\"rebound'").sent()?;
    ensure!(answer.status == 403, "{}", answer.status);
    let policy = &answer.headers["content-security-policy"];
    ensure!(
        policy.starts_with("default-src 'none';") && policy.contains("sandbox"),
        "{policy}"
    );
    ensure!(!policy.contains("script-src"), "{policy}");
    let text = answer.text()?;
    // What was asked for is shown, and is no markup.
    ensure!(!text.contains("<b>"), "{text}");
    ensure!(text.contains("&lt;b&gt;&amp;"), "{text}");
    ensure!(!text.contains(server.token()), "the token is in it");
    // Another site's page that opens it, and an address that is none to open.
    let framed = opened(&server, &server.address.to_string());
    says_what_to_do(
        framed
            .clone()
            .with("Origin", "http://elsewhere.example")
            .sent()?,
    )?;
    // A refusal that comes from further within: no route for whoever has no token.
    let left = server.read("GET", "/runs/r1/artifacts/x");
    let answer = left.with("Accept", "text/html").sent()?;
    ensure!(answer.status == 401, "{}", answer.status);
    let kind = answer.headers.get("content-type").cloned();
    ensure!(
        kind.as_deref() == Some("text/html; charset=utf-8"),
        "{kind:?}"
    );
    let text = answer.text()?;
    ensure!(text.contains("does not know the server"), "{text}");
    Ok(())
}

fn no_page() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let rebound = opened(&server, "rebound.example");
    for (what, request) in [
        ("a script", rebound.clone().with("Accept", "*/*")),
        ("a picture", rebound.clone().with("Accept", "image/*")),
        ("curl", rebound.clone().without("Accept")),
        (
            "a run",
            asked(&server, "rebound.example", "http://rebound.example"),
        ),
    ] {
        let answer = request.sent()?;
        let kind = answer.headers.get("content-type").cloned();
        ensure!(
            kind.as_deref() == Some("application/json"),
            "{what}: {kind:?}"
        );
        let text = answer.text()?;
        ensure!(
            text.contains("127.0.0.1, localhost and [::1]"),
            "{what}: {text}"
        );
    }
    Ok(())
}

/// Any port leads in, and yet a page of another port is another site's.
fn another_ports_page() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    for (host, origin) in [
        ("localhost:8080", "http://localhost:8081"),
        ("localhost:8080", "http://localhost"),
        ("localhost:8080", "http://127.0.0.1:8080"),
        ("localhost:8080", "http://localhost.:8080"),
        ("localhost:8080", "https://localhost:8080"),
        ("localhost", "http://localhost:8080"),
        ("127.0.0.1:8080", "http://127.0.0.1:80800"),
        ("127.0.0.1:8080", "null"),
    ] {
        let got = statuses(&server, host, origin)?;
        ensure!(got == [200, 403, 403], "{host} {origin}: {got:?}");
    }
    // The request line may name the host too.
    let whole = "http://localhost:8080/";
    let named = |host| server.read("GET", whole).with("Host", host);
    ensure!(named("LocalHost:8080").sent()?.status == 200);
    ensure!(named("localhost:8081").sent()?.status == 403);
    Ok(())
}

fn printed_advice() -> anyhow::Result<()> {
    let start = servers::of_scratch_book()?.knowing("SSH_CONNECTION", "10.0.0.2 40000 10.0.0.1 22");
    let server = start.starts()?;
    let said = server.said_first()?.join("\n");
    let port = server.address.port();
    let Some((_, forward)) = said.split_once("`ssh -L ") else {
        bail!("no advice: {said}");
    };
    let to = format!(":127.0.0.1:{port} HOST`");
    let local = forward.split_once(&to).context(said.clone())?.0;
    by(&server, &format!("127.0.0.1:{local}"), In)?;
    ensure!(said.contains("With another port"), "{said}");
    Ok(())
}
