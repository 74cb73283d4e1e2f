//! By which names the server may be called.

mod forwarded_name;

pub use forwarded_name::ForwardedName;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The values that a request's `Host` may have, and the `Origin` of the book's own
/// pages.
///
/// The name is the defence against a name that somebody else's name server points
/// here (DNS rebinding), which is not among them. The port is none, so any will do: it
/// is another where a tunnel or a container forwards ours. That a request comes from
/// the book's own page is said by its `Origin`, in which the port counts.
pub(crate) struct Hosts {
    listening: SocketAddr,
    /// Names that are let in beside our own.
    forwarded: Vec<ForwardedName>,
}

impl Hosts {
    pub(crate) fn of(listening: SocketAddr, forwarded: Vec<ForwardedName>) -> Hosts {
        Hosts {
            listening,
            forwarded,
        }
    }

    pub(crate) fn contain(&self, host: &str) -> bool {
        match name_in(host) {
            Some((Name::Address(ip), _)) => self.have(ip),
            Some((Name::Text(name), port)) => {
                is_localhost(name) || self.forwarded.iter().any(|it| it.is(name, port))
            }
            None => false,
        }
    }

    /// Whether a request for one of the hosts comes from the book's own page.
    /// `said_same` is whether the browser says so (`Sec-Fetch-Site`).
    ///
    /// A forwarder may put the server's own address in the place of its name: into
    /// `Host`, as nginx does if it is not told otherwise, or into `Origin`, as Codespaces
    /// does. In the latter it cannot be told from another server's page on the reader's
    /// own machine, which the browser then has to tell.
    pub(crate) fn own_origin(&self, host: &str, origin: &str, said_same: bool) -> bool {
        let called = name_in(host).and_then(|(name, port)| match name {
            Name::Text(name) => self.forwarded.iter().find(|it| it.is(name, port)),
            Name::Address(_) => None,
        });
        let mut own = match called {
            Some(name) => vec![name.origin()],
            None => self.forwarded.iter().map(ForwardedName::origin).collect(),
        };
        if called.is_none() {
            own.push(format!("http://{host}"));
        }
        if said_same && !self.forwarded.is_empty() {
            let port = self.listening.port();
            own.extend(["http", "https"].map(|scheme| format!("{scheme}://localhost:{port}")));
        }
        own.iter().any(|own| origin.eq_ignore_ascii_case(own))
    }

    /// The names, in words.
    pub(crate) fn in_words(&self) -> String {
        let mut words = "127.0.0.1, localhost and [::1] with any port".to_owned();
        let ip = self.listening.ip();
        if ip.is_unspecified() {
            words.push_str(", and to any IP address");
        } else if !ip.is_loopback() {
            words.push_str(&format!(", and to {}", in_address(ip)));
        }
        for name in &self.forwarded {
            words.push_str(&format!(", and to {name}"));
        }
        words
    }

    /// An address is no name that could be pointed here. Where all are listened on, each
    /// may be this machine's.
    fn have(&self, ip: IpAddr) -> bool {
        let own = [
            IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(Ipv6Addr::LOCALHOST),
            self.listening.ip(),
        ];
        self.listening.ip().is_unspecified() || own.contains(&ip)
    }
}

/// Browsers and resolvers know both for this machine (RFC 6761, 6.3).
fn is_localhost(name: &str) -> bool {
    let mut own = ["localhost", "localhost."].iter();
    own.any(|own| name.eq_ignore_ascii_case(own))
}

/// Whom a `Host` names.
enum Name<'a> {
    Address(IpAddr),
    Text(&'a str),
}

/// The name and the port in a `Host`, where the port and its colon may be left out (RFC
/// 9110, 7.2).
fn name_in(host: &str) -> Option<(Name<'_>, Option<u16>)> {
    let (name, after) = match host.strip_prefix('[') {
        Some(rest) => {
            let (ip, after) = rest.split_once(']')?;
            (Name::Address(IpAddr::V6(ip.parse().ok()?)), after)
        }
        None => {
            let (name, after) = host.split_at(host.find(':').unwrap_or(host.len()));
            let address = |ip| Name::Address(IpAddr::V4(ip));
            (name.parse().map_or(Name::Text(name), address), after)
        }
    };
    if after.is_empty() {
        return Some((name, None));
    }
    let port = after.strip_prefix(':')?;
    // `parse` takes a sign too.
    let is_number = port.bytes().all(|it| it.is_ascii_digit());
    let port = port.parse().ok().filter(|_| is_number)?;
    Some((name, Some(port)))
}

/// An IP address as it stands in a URL.
pub fn in_address(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => format!("[{ip}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(listening: &str) -> Hosts {
        Hosts::of(listening.parse().unwrap(), Vec::new())
    }

    #[test]
    fn this_machine_has_three_names_with_any_port() {
        let hosts = hosts("127.0.0.1:3000");
        for host in [
            "127.0.0.1:3000",
            "127.0.0.1:8080",
            "127.0.0.1",
            "localhost:3000",
            "localhost",
            "localhost.:3000",
            "LocalHost:3000",
            "[::1]:3000",
            "[::1]",
            "[0:0::1]:8080",
        ] {
            assert!(hosts.contain(host), "{host}");
        }
        for host in [
            "",
            ":3000",
            ".",
            "localhost..:3000",
            "localhost:",
            "localhost:x",
            "localhost:+80",
            "localhost:-1",
            "localhost:65536",
            "localhost:3000:3000",
            "localhost:3000 ",
            " localhost:3000",
            "localhost:3000, rebound.example",
            "localhost/",
            "user@localhost:3000",
            "a.localhost:3000",
            "localhost.rebound.example:3000",
            "rebound.example:3000",
            "127.0.0.1.rebound.example:3000",
            "127.0.0.1:3000.rebound.example",
            "127.0.0.1.:3000",
            "127.0.0.2:3000",
            "127.1:3000",
            "0.0.0.0:3000",
            "2130706433:3000",
            "::1",
            "[::1",
            "[::1]3000",
            "[::1]:",
            "[::2]:3000",
            "[127.0.0.1]:3000",
            "[localhost]:3000",
            "[::1].rebound.example:3000",
        ] {
            assert!(!hosts.contain(host), "{host}");
        }
    }

    #[test]
    fn the_address_that_is_listened_on_is_one_more() {
        let hosts = hosts("192.168.1.7:3000");
        for host in ["192.168.1.7:3000", "192.168.1.7:8080", "localhost:3000"] {
            assert!(hosts.contain(host), "{host}");
        }
        assert!(!hosts.contain("192.168.1.8:3000"));
    }

    #[test]
    fn where_all_addresses_are_listened_on_a_name_is_still_refused() {
        for listening in ["0.0.0.0:3000", "[::]:3000"] {
            let hosts = hosts(listening);
            for host in ["192.168.1.7:3000", "192.168.1.7:8080", "[fe80::7]:3000"] {
                assert!(hosts.contain(host), "{host}");
            }
            assert!(!hosts.contain("rebound.example:3000"));
        }
    }
}
