//! Nobody else runs code: what a page of another site, another user of the
//! machine or a name server can send is refused.

use crate::servers;
use anyhow::ensure;
use libtest_mimic::Trial;
use std::io::Write;
use tests::harness::test;
use tests::http::{Answer, Request, connect, status};
use tests::server::Server;

pub fn tests() -> Vec<Trial> {
    vec![
        test("only the token runs a listing", only_the_token),
        test("another host is refused, for pages too", another_host),
        test("another origin is refused", another_origin),
        test("a post without an origin is refused", no_origin),
        test(
            "another site cannot read what a run said",
            a_cross_site_read,
        ),
        test("only listings in the table can be run", only_listings),
        test("no path leads out of the book", no_path_leads_out),
        test("a page may load from here alone", what_a_page_may_load),
        test("a book may be read without the token", a_book_may_be_read),
    ]
}

/// A run of the listing that greets.
pub(crate) fn greets(server: &Server) -> Request {
    let greets = r#"{"chapter":"chapter1","listing":"greets"}"#;
    server.asked("POST", "/runs").json(greets)
}

fn refused(request: &Request, status: u16) -> anyhow::Result<()> {
    let answer = request.sent()?;
    ensure!(answer.status == status, "{request:?}: {}", answer.status);
    let json = answer
        .headers
        .get("content-type")
        .is_some_and(|it| it == "application/json");
    ensure!(json, "{:?}", answer.headers);
    let text = answer.text()?;
    ensure!(text.starts_with(r#"{"error":""#), "{text}");
    Ok(())
}

fn only_the_token() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    ensure!(greets(&server).sent()?.status == 200);
    refused(&greets(&server).without("Authorization"), 401)?;
    let right = "0".repeat(48);
    for wrong in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic eDp4",
        &format!("Bearer {right}"),
    ] {
        refused(&greets(&server).with("Authorization", wrong), 401)?;
    }
    for path in ["/runs/r1/stdin", "/runs/r1/stop"] {
        let request = server.asked("POST", path).json("{}");
        refused(&request.without("Authorization"), 401)?;
    }
    // The token does not count where another program, or a log, would see it.
    refused(
        &greets(&server)
            .without("Authorization")
            .with("Cookie", "token=x"),
        401,
    )
}

fn another_host() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let port = server.address.port();
    for name in ["127.0.0.1", "localhost", "[::1]"] {
        let host = format!("{name}:{port}");
        let own = greets(&server)
            .with("Host", &host)
            .with("Origin", &format!("http://{host}"));
        ensure!(own.sent()?.status == 200, "{host}");
    }
    for host in [
        "rebound.example".to_owned(),
        format!("rebound.example:{port}"),
        format!("127.0.0.2:{port}"),
        format!("0.0.0.0:{port}"),
        format!("user@127.0.0.1:{port}"),
    ] {
        let origin = format!("http://{host}");
        refused(
            &greets(&server).with("Host", &host).with("Origin", &origin),
            403,
        )?;
        refused(&server.read("GET", "/").with("Host", &host), 403)?;
        refused(&server.read("GET", "/changes").with("Host", &host), 403)?;
    }
    refused(
        &greets(&server).with("host", &format!("localhost:{port}")),
        403,
    )?;
    // Another host in the request line, and ours in the header.
    let elsewhere = format!("http://rebound.example:{port}/");
    refused(&server.read("GET", &elsewhere), 403)?;
    let mut none = connect(server.address)?;
    none.write_all(b"GET / HTTP/1.0\r\n\r\n")?;
    ensure!(!matches!(status(none)?, Some(200)));
    Ok(())
}

fn another_origin() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let port = server.address.port();
    for origin in [
        "null".to_owned(),
        String::new(),
        "http://elsewhere.example".to_owned(),
        format!("https://127.0.0.1:{port}"),
        format!("http://localhost:{port}"),
        "http://127.0.0.1".to_owned(),
        format!("http://127.0.0.1:{port}/"),
        format!("http://127.0.0.1:{port}.elsewhere.example"),
    ] {
        refused(&greets(&server).with("Origin", &origin), 403)?;
        refused(&server.read("GET", "/changes").with("Origin", &origin), 403)?;
    }
    Ok(())
}

fn no_origin() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    refused(&greets(&server).without("Origin"), 403)?;
    // A form of another site can send this without asking for permission.
    let form = greets(&server).without("Origin").without("Authorization");
    refused(&form.with("Content-Type", "text/plain"), 403)
}

fn a_cross_site_read() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let mut run = server.runs("chapter1/draws")?;
    run.until("started")?;
    let drawing = run.path("/artifacts/a%20drawing.svg")?;
    run.to_end()?;
    for path in [&*drawing, "/changes"] {
        for site in ["cross-site", "same-site"] {
            refused(&server.asked("GET", path).with("Sec-Fetch-Site", site), 403)?;
        }
    }
    // Pages need no token: the browser keeps them from other sites.
    for path in [
        "/",
        "/index.html",
        "/book.js",
        "/no-such-page",
        "/changes",
        "/runs",
    ] {
        let headers = server.read("GET", path).sent()?.headers;
        let policy = headers.get("cross-origin-resource-policy");
        ensure!(
            policy.is_some_and(|it| it == "same-origin"),
            "{path}: {headers:?}"
        );
        ensure!(
            !headers.contains_key("access-control-allow-origin"),
            "{path}"
        );
        ensure!(headers["x-content-type-options"] == "nosniff", "{path}");
        ensure!(headers["referrer-policy"] == "no-referrer", "{path}");
    }
    Ok(())
}

fn only_listings() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let wrong = r#"{"chapter":"chapter1","listing":"greet"}"#;
    let answer = server.asked("POST", "/runs").json(wrong).sent()?;
    ensure!(answer.status == 404);
    let text = answer.text()?;
    ensure!(
        text.contains("the nearest name is chapter1/greets"),
        "{text}"
    );
    for (chapter, listing) in [
        ("chapter1", "--list"),
        ("chapter1", ""),
        ("", ""),
        ("chapter1", "child"),
        ("supervise", "greets"),
        ("../chapter1", "greets"),
        ("chapter1", "greets\u{0}"),
        ("chapter1", "greets; id"),
        ("chapter1", "../greets"),
        ("Chapter1", "greets"),
    ] {
        let wanted = serde_json::json!({ "chapter": chapter, "listing": listing });
        refused(
            &server.asked("POST", "/runs").json(&wanted.to_string()),
            404,
        )?;
    }
    for body in [
        "",
        "{}",
        "[]",
        "null",
        "\"greets\"",
        r#"{"chapter":"chapter1"}"#,
        r#"{"chapter":"chapter1","listing":"greets","arguments":["x"]}"#,
        r#"{"chapter":["chapter1"],"listing":"greets"}"#,
        "{\"chapter\":",
    ] {
        refused(&server.asked("POST", "/runs").json(body), 400)?;
    }
    refused(&greets(&server).with("Content-Type", "text/plain"), 415)?;
    refused(&greets(&server).without("Content-Type"), 415)
}

fn no_path_leads_out() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    for path in [
        "/../Cargo.toml",
        "/../../book.toml",
        "/%2e%2e/%2e%2e/book.toml",
        "/..%2f..%2fbook.toml",
        "/.%2e/.%2e/book.toml",
        "/..\\..\\book.toml",
        "/%5c..%5c..%5cbook.toml",
        "/fonts/../../../book.toml",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/etc/passwd",
        "/index.html%00.css",
        "/index.html/",
        "/%ff",
        "/%",
        "/fonts",
        "//fonts",
    ] {
        let answer: Answer = server.read("GET", path).sent()?;
        let headers = answer.headers.clone();
        let within = headers.get("location").is_none_or(|it| it == "/fonts/");
        ensure!(
            [307, 400, 404].contains(&answer.status) && within,
            "{path}: {headers:?}"
        );
        let text = answer.text()?;
        ensure!(
            !text.contains("[preprocessor") && !text.contains("root:"),
            "{path}"
        );
    }
    Ok(())
}

fn what_a_page_may_load() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    let answer = server.read("GET", "/index.html").sent()?;
    let policy = &answer.headers["content-security-policy"];
    for rule in [
        "default-src 'self';",
        "script-src 'self' 'sha256-",
        "connect-src 'self';",
        "object-src 'none';",
        "base-uri 'none';",
        "frame-ancestors 'none'",
    ] {
        ensure!(policy.contains(rule), "{policy}");
    }
    let scripts = policy
        .split("; ")
        .find(|rule| rule.starts_with("script-src"));
    ensure!(!scripts.unwrap_or_default().contains("unsafe"), "{policy}");
    ensure!(answer.headers["cache-control"] == "no-store");
    Ok(())
}

fn a_book_may_be_read() -> anyhow::Result<()> {
    let server = servers::scratch()?;
    ensure!(server.page("/")?.contains("data-live"));
    ensure!(server.read("HEAD", "/").sent()?.status == 200);
    let lost = server.read("GET", "/no-such-page.html").sent()?;
    ensure!(lost.status == 404);
    ensure!(lost.text()?.contains("not found"));
    // A name like one that never changes: a browser would not ask again.
    let lost = server.read("GET", "/book-00000000.js").sent()?;
    ensure!(lost.status == 404 && lost.headers["cache-control"] == "no-store");
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
        refused(&server.asked(method, "/"), 405)?;
        refused(&server.asked(method, "/runs"), 405)?;
    }
    refused(&server.asked("POST", "/"), 405)
}
