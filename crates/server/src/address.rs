//! By which names the server may be called.

use std::net::{IpAddr, SocketAddr};

/// The values that a request's `Host` may have.
///
/// A name that somebody else's name server points here (DNS rebinding) is not
/// among them.
pub(crate) struct Hosts {
    exact: Vec<String>,
    /// Where the server listens on all addresses: its port, with any address of
    /// this machine, but with no name.
    port_of_any_address: Option<u16>,
}

impl Hosts {
    pub(crate) fn of(listening: SocketAddr) -> Hosts {
        let port = listening.port();
        let mut names = vec!["127.0.0.1".to_owned(), "localhost".to_owned()];
        names.push("[::1]".to_owned());
        if !listening.ip().is_unspecified() {
            names.push(in_address(listening.ip()));
        }
        let mut exact: Vec<_> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            // Browsers leave this port out.
            exact.extend(names);
        }
        Hosts {
            exact,
            port_of_any_address: listening.ip().is_unspecified().then_some(port),
        }
    }

    pub(crate) fn contain(&self, host: &str) -> bool {
        let any = self.port_of_any_address.is_some_and(|port| {
            host.parse()
                .is_ok_and(|address: SocketAddr| address.port() == port)
        });
        any || self.exact.iter().any(|exact| exact == host)
    }
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
        Hosts::of(listening.parse().unwrap())
    }

    #[test]
    fn this_machine_has_three_names_with_one_port() {
        let hosts = hosts("127.0.0.1:3000");
        for host in ["127.0.0.1:3000", "localhost:3000", "[::1]:3000"] {
            assert!(hosts.contain(host), "{host}");
        }
        for host in [
            "",
            "127.0.0.1",
            "localhost",
            "127.0.0.1:3001",
            "127.0.0.2:3000",
            "LOCALHOST:3000",
            "localhost.:3000",
            "rebound.example:3000",
            "127.0.0.1:3000.rebound.example",
            "127.0.0.1:3000 ",
        ] {
            assert!(!hosts.contain(host), "{host}");
        }
    }

    #[test]
    fn where_all_addresses_are_listened_on_a_name_is_still_refused() {
        let hosts = hosts("0.0.0.0:3000");
        assert!(hosts.contain("192.168.1.7:3000"));
        assert!(!hosts.contain("192.168.1.7:3001"));
        assert!(!hosts.contain("rebound.example:3000"));
    }
}
