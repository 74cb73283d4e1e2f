//! A server on this machine that answers nobody well.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::LazyLock;
use std::thread;

/// Its address, with a `/` at the end: what is under `missing` is not there, under
/// `secret` it asks who you are, `part` begins and stops, and elsewhere it is silent.
pub fn address() -> String {
    static PORT: LazyLock<u16> = LazyLock::new(|| {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port of this machine");
        let port = listener.local_addr().expect("it is bound").port();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                thread::spawn(move || answer(client));
            }
        });
        port
    });
    format!("http://127.0.0.1:{}/", *PORT)
}

pub fn variables() -> [(&'static str, String); 2] {
    [
        ("MISSING_URL", address() + "missing"),
        ("SILENT_URL", address() + "silent"),
    ]
}

/// An answer that is not whole keeps its connection until the client leaves.
fn answer(mut client: TcpStream) -> Option<()> {
    let mut lines = BufReader::new(client.try_clone().ok()?).lines();
    let asked = lines.next()?.ok()?;
    for line in lines.by_ref() {
        if line.ok()?.is_empty() {
            break;
        }
    }
    let head = match asked.split_whitespace().nth(1)?.split('/').nth(1)? {
        "missing" => "404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "secret" => {
            "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"it\"\r\n\
             Content-Length: 0\r\nConnection: close\r\n\r\n"
        }
        "part" => "200 OK\r\nContent-Length: 1000000\r\n\r\n",
        _ => "",
    };
    if !head.is_empty() {
        write!(client, "HTTP/1.1 {head}").ok()?;
    }
    if head.starts_with("200") {
        client.write_all(&[b'x'; 100_000]).ok()?;
    }
    if head.is_empty() || head.starts_with("200") {
        lines.next();
    }
    Some(())
}
