//! A blocking HTTP client that can also do what no honest client does.

use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A request that has not been sent.
#[derive(Clone, Debug)]
pub struct Request {
    to: SocketAddr,
    method: String,
    path: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Request {
    /// `path` goes out as it is, `..` and all.
    pub fn new(to: SocketAddr, method: &str, path: &str) -> Request {
        let request = Request {
            to,
            method: method.to_owned(),
            path: path.to_owned(),
            headers: BTreeMap::new(),
            body: Vec::new(),
        };
        request.with("Host", &to.to_string())
    }

    /// Sets a header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Request {
        self.headers.insert(name.to_owned(), value.to_owned());
        self
    }

    #[must_use]
    pub fn without(mut self, name: &str) -> Request {
        self.headers.remove(name);
        self
    }

    #[must_use]
    pub fn json(self, body: &str) -> Request {
        let mut request = self.with("Content-Type", "application/json");
        request.body = body.as_bytes().to_vec();
        request
    }

    /// All of it but the body.
    pub fn head(&self) -> String {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let framed = ["Content-Length", "Transfer-Encoding"];
        if !framed.iter().any(|name| self.headers.contains_key(*name)) {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        head.push_str("\r\n");
        head
    }

    /// # Errors
    /// There is no connection, or no answer that is HTTP.
    pub fn sent(&self) -> anyhow::Result<Answer> {
        let mut stream = connect(self.to)?;
        stream.write_all(self.head().as_bytes())?;
        stream.write_all(&self.body)?;
        Answer::read(stream)
    }

    /// The status of an answer that may be none: a server may break off with a
    /// client that asks too much.
    ///
    /// # Errors
    /// What comes is no HTTP.
    pub fn status(&self) -> anyhow::Result<Option<u16>> {
        let mut stream = connect(self.to)?;
        let _ = stream.write_all(self.head().as_bytes());
        let _ = stream.write_all(&self.body);
        status(stream)
    }
}

/// A connection for bytes of any kind.
///
/// # Errors
/// Nobody listens.
pub fn connect(to: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(to)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(stream)
}

/// An answer whose body may still be coming.
pub struct Answer {
    pub status: u16,
    /// By their names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: BufReader<Body>,
}

impl Answer {
    /// # Errors
    /// What comes is not HTTP.
    pub fn read(stream: TcpStream) -> anyhow::Result<Answer> {
        let mut stream = BufReader::new(stream);
        let status = line(&mut stream)?;
        let status = status
            .strip_prefix("HTTP/1.")
            .and_then(|status| status.split(' ').nth(1)?.parse().ok())
            .with_context(|| format!("no status line: {status:?}"))?;
        let mut headers = BTreeMap::new();
        loop {
            let line = line(&mut stream)?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
        let left = headers
            .get("content-length")
            .and_then(|length| length.parse().ok());
        let framing = match (headers.get("transfer-encoding"), left) {
            (Some(_), _) => Framing::Chunked {
                left: 0,
                over: false,
            },
            (None, left) => Framing::Length(left.unwrap_or(0)),
        };
        Ok(Answer {
            status,
            headers,
            body: BufReader::new(Body { stream, framing }),
        })
    }

    /// # Errors
    /// The connection breaks off.
    pub fn text(mut self) -> anyhow::Result<String> {
        let mut bytes = Vec::new();
        self.body.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The next line of the body, without its end; `None` at the end.
    ///
    /// # Errors
    /// The connection breaks off.
    pub fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        let count = self.body.read_line(&mut line)?;
        Ok((count > 0).then(|| line.trim_end_matches('\n').to_owned()))
    }
}

/// The body, taken out of its frames.
pub struct Body {
    stream: BufReader<TcpStream>,
    framing: Framing,
}

enum Framing {
    Length(u64),
    Chunked { left: u64, over: bool },
}

impl Read for Body {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let Body { stream, framing } = self;
        let left = match framing {
            Framing::Length(left) => left,
            Framing::Chunked { over: true, .. } => return Ok(0),
            Framing::Chunked { left, over } => {
                if *left == 0 {
                    *left = chunk(stream)?;
                    *over = *left == 0;
                }
                left
            }
        };
        let count = stream.by_ref().take(*left).read(room)?;
        if count == 0 && *left > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        *left -= count as u64;
        if let (Framing::Chunked { left: 0, .. }, true) = (&self.framing, count > 0) {
            line(&mut self.stream)?;
        }
        Ok(count)
    }
}

fn chunk(stream: &mut BufReader<TcpStream>) -> io::Result<u64> {
    let size = line(stream)?;
    let length = u64::from_str_radix(size.trim(), 16).map_err(io::Error::other)?;
    if length == 0 {
        line(stream)?;
    }
    Ok(length)
}

fn line(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = Vec::new();
    if stream.read_until(b'\n', &mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
}

/// The status of an answer that may be none: a server may break off with a
/// client that speaks no HTTP.
///
/// # Errors
/// What comes is neither.
pub fn status(stream: TcpStream) -> anyhow::Result<Option<u16>> {
    match Answer::read(stream) {
        Ok(answer) => Ok(Some(answer.status)),
        Err(error) => match error.downcast_ref::<io::Error>().map(io::Error::kind) {
            Some(io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset) => Ok(None),
            _ => bail!("{error:#}"),
        },
    }
}
