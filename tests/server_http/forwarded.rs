//! A server whose port is forwarded under a name of its own, by https, as Codespaces
//! and a reverse proxy do: `--forwarded-as` lets in that name, and none but that.

use crate::servers;
use crate::ways_in::{asked, opened, says_what_to_do, statuses, told_of_changes};
use anyhow::{Context, bail, ensure};
use libtest_mimic::Trial;
use std::net::TcpListener;
use tests::container::told_when_attached;
use tests::harness::test;
use tests::server::Server;

pub fn tests() -> Vec<Trial> {
    vec![
        test("a forwarded name leads in, and it alone", that_name_alone),
        test("Codespaces' own name leads in", codespaces_own_name),
        test("without its option no name leads in", without_the_option),
        test(
            "an origin that a forwarder rewrites is held against the site",
            rewritten_origin,
        ),
        test(
            "no more than a name can be forwarded as",
            no_more_than_a_name,
        ),
        test("the forwarded address is printed", printed),
        test(
            "where a port is taken what is forwarded does not move",
            taken_port,
        ),
    ]
}

const NAME: &str = "cook-spoon-3000.app.github.dev";
const OTHER: &str = "book.example";

fn forwarded() -> anyhow::Result<Server> {
    let start = servers::of_scratch_book()?.forwarded_as(NAME);
    start.forwarded_as("Book.Example").starts()
}

/// The `Host`, and the `Origin` of its page. `PORT` is the server's.
const LEAD_IN: &[(&str, &str)] = &[
    // As Codespaces and a proxy that keeps the name send it.
    (NAME, "https://cook-spoon-3000.app.github.dev"),
    (OTHER, "https://book.example"),
    ("BOOK.example", "https://book.example"),
    ("book.example:443", "https://book.example"),
    // A proxy that names the server instead, as nginx does if it is not told.
    ("127.0.0.1:PORT", "https://book.example"),
    ("localhost:PORT", "https://cook-spoon-3000.app.github.dev"),
    // As without the option.
    ("127.0.0.1:PORT", "http://127.0.0.1:PORT"),
    ("localhost:8080", "http://localhost:8080"),
    ("[::1]:PORT", "http://[::1]:PORT"),
];

/// Hosts that are refused, whoever the page is.
const NO_HOSTS: &[&str] = &[
    "book.example:3000",
    "book.example:PORT",
    "book.example:80",
    "book.example.",
    "a.book.example",
    "xbook.example",
    "book.example.rebound.example",
    "example",
    "cook-spoon-3001.app.github.dev",
    "cook-fork-3000.app.github.dev",
    "app.github.dev",
    "*.app.github.dev",
    "user@book.example",
    "rebound.example",
    "192.168.1.7:PORT",
    "",
];

/// Hosts that lead in, and pages that are another site's.
const NO_ORIGINS: &[(&str, &str)] = &[
    (OTHER, "http://book.example"),
    (OTHER, "https://book.example:8443"),
    (OTHER, "https://a.book.example"),
    (OTHER, "https://cook-spoon-3000.app.github.dev"),
    (NAME, "https://cook-fork-3000.app.github.dev"),
    (NAME, "https://book.example"),
    (NAME, "http://127.0.0.1:PORT"),
    (NAME, "http://localhost:8080"),
    (NAME, "null"),
    ("127.0.0.1:PORT", "http://book.example"),
    ("127.0.0.1:PORT", "https://127.0.0.1:PORT"),
    ("127.0.0.1:PORT", "https://rebound.example"),
];

fn that_name_alone() -> anyhow::Result<()> {
    let server = forwarded()?;
    let port = server.address.port().to_string();
    let whole = |text: &str| text.replace("PORT", &port);
    for (host, origin) in LEAD_IN {
        let (host, origin) = (whole(host), whole(origin));
        ensure!(
            statuses(&server, &host, &origin)? == [200; 3],
            "{host} {origin}"
        );
        let run = asked(&server, &host, &origin);
        let without = run.without("Authorization").sent()?.status;
        ensure!(without == 401, "{host} without the token: {without}");
    }
    for host in NO_HOSTS {
        let host = whole(host);
        for origin in [format!("https://{host}"), format!("http://{host}")] {
            ensure!(
                statuses(&server, &host, &origin)? == [403; 3],
                "{host} {origin}"
            );
        }
        // What a forwarder says beside it, anybody can say.
        let page = opened(&server, &host).with("X-Forwarded-Host", OTHER);
        says_what_to_do(page.sent()?)?;
    }
    for (host, origin) in NO_ORIGINS {
        let (host, origin) = (whole(host), whole(origin));
        let got = statuses(&server, &host, &origin)?;
        ensure!(got == [200, 403, 403], "{host} {origin}: {got:?}");
    }
    Ok(())
}

/// Variables that GitHub sets in a codespace ("Default environment variables for your
/// codespace"); the port's name is made of both ("Forwarding ports in your codespace").
fn codespaces_own_name() -> anyhow::Result<()> {
    let name = "octocat-literate-space-parakeet-mld5";
    let domain = "GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN";
    for (domain, of) in [
        (Some((domain, "app.example")), "app.example"),
        // An older one does not say.
        (None, "app.github.dev"),
    ] {
        let mut variables = vec![("CODESPACE_NAME", name)];
        variables.extend(domain);
        let told = told_when_attached(&variables)?;
        let forwarded = format!("{name}-3000.{of}");
        ensure!(told == ["--forwarded-as", &forwarded], "{told:?}");
        let told: Vec<_> = told.iter().map(String::as_str).collect();
        let server = servers::of_scratch_book()?.with(&told).starts()?;
        let origin = format!("https://{forwarded}");
        ensure!(
            statuses(&server, &forwarded, &origin)? == [200; 3],
            "{forwarded}"
        );
    }
    Ok(())
}

fn without_the_option() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let port = server.address.port();
    for (host, origin) in [
        (NAME.to_owned(), format!("https://{NAME}")),
        (NAME.to_owned(), format!("https://localhost:{port}")),
    ] {
        ensure!(
            statuses(&server, &host, &origin)? == [403; 3],
            "{host} {origin}"
        );
    }
    let host = format!("localhost:{port}");
    for origin in [format!("https://{NAME}"), format!("https://{host}")] {
        ensure!(
            statuses(&server, &host, &origin)? == [200, 403, 403],
            "{origin}"
        );
    }
    let page = opened(&server, NAME).sent()?.text()?;
    ensure!(page.contains("--forwarded-as"), "{page}");
    Ok(())
}

/// Codespaces puts `localhost` and the port into `Origin` where it was the forwarded
/// name, and leaves another as it is: so a page of another server on the reader's own
/// port 3000 looks the same. Its `Sec-Fetch-Site` is not `same-origin`.
fn rewritten_origin() -> anyhow::Result<()> {
    let server = forwarded()?;
    let port = server.address.port();
    let local = format!("localhost:{port}");
    for host in [NAME, &local] {
        for scheme in ["http", "https"] {
            let origin = format!("{scheme}://{local}");
            let run = asked(&server, host, &origin);
            ensure!(run.sent()?.status == 200, "{host} {origin}");
            let told = told_of_changes(&server, host, &origin);
            ensure!(told.sent()?.status == 200, "{host} {origin}");
            if host == local && scheme == "http" {
                // That one is its own, and nobody's rewriting.
                continue;
            }
            for site in ["cross-site", "same-site", "none", ""] {
                let run = run.clone().with("Sec-Fetch-Site", site).sent()?.status;
                ensure!(run == 403, "{host} {origin} {site}: {run}");
            }
            let unsaid = run.without("Sec-Fetch-Site").sent()?.status;
            ensure!(unsaid == 403, "{host} {origin}: {unsaid}");
        }
        let other = asked(&server, host, "https://localhost:1");
        ensure!(other.sent()?.status == 403, "{host}");
    }
    Ok(())
}

fn no_more_than_a_name() -> anyhow::Result<()> {
    for (wrong, advice) in [
        ("*", "one by one"),
        ("*.app.github.dev", "one by one"),
        ("https://book.example", "--forwarded-as book.example"),
        ("https://book.example/", "--forwarded-as book.example"),
        ("book.example:3000", "--forwarded-as book.example"),
        ("book.example:443", "--forwarded-as book.example"),
        ("book.example/chapter1", "--forwarded-as book.example"),
        ("book.example.", "--forwarded-as book.example"),
        ("user@book.example", "no host name"),
        ("book example", "no host name"),
        ("book..example", "no host name"),
        ("-book.example", "no host name"),
        (".example", "no host name"),
        ("", "no host name"),
        ("bücher.example", "xn--"),
        ("192.168.1.7", "--host"),
        ("[::1]", "--host"),
        ("-3000.", "no host name"),
    ] {
        let start = servers::of_scratch_book()?.with(&[&format!("--forwarded-as={wrong}")]);
        let Err(error) = start.starts() else {
            bail!("{wrong:?} is taken");
        };
        let error = error.to_string();
        ensure!(error.contains(advice), "{wrong:?}: {error}");
        ensure!(!error.contains("panicked"), "{wrong:?}: {error}");
    }
    Ok(())
}

fn printed() -> anyhow::Result<()> {
    let server = forwarded()?;
    let said = server.said_first()?;
    for name in [NAME, OTHER] {
        let address = format!("https://{name}/#token={}", server.token());
        let line = said.iter().find(|line| line.ends_with(&address));
        line.with_context(|| format!("no {address} in {said:#?}"))?;
    }
    // Whoever forwards the port has done so.
    ensure!(!said.concat().contains("docker run"), "{said:#?}");
    Ok(())
}

fn taken_port() -> anyhow::Result<()> {
    let taken = TcpListener::bind("127.0.0.1:0")?;
    let port = taken.local_addr()?.port().to_string();
    let start = servers::of_scratch_book()?.forwarded_as(NAME);
    let Err(error) = start.with(&["--port", &port]).starts_there() else {
        bail!("it moved to another port");
    };
    let error = error.to_string();
    ensure!(error.contains(&format!("port {port} is taken")), "{error}");
    Ok(())
}
