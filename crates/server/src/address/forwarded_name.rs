//! A name under which somebody else forwards the server's port.

use std::fmt;
use std::net::Ipv4Addr;

/// A host name by which a forwarder serves us, over https at its standard port. It is
/// in lower case, as browsers send it, and stands for nothing but itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForwardedName(String);

impl ForwardedName {
    /// # Errors
    /// It is no name, or more than one; in words that say what to write.
    pub fn parse(text: &str) -> Result<ForwardedName, String> {
        let name = text.to_ascii_lowercase();
        if name.contains('*') {
            let why = "a pattern would let in names of other people: give those that are yours one \
                       by one, each by a --forwarded-as of its own";
            return Err(why.to_owned());
        }
        if !name.is_ascii() {
            let why =
                "write the name as browsers send it, in letters of ASCII: it begins with xn--";
            return Err(why.to_owned());
        }
        if is_address(&name) {
            let why = "an address is no name: to be reached by it, listen on it by --host";
            return Err(why.to_owned());
        }
        if is_host_name(&name) {
            return Ok(ForwardedName(name));
        }
        let alone = name_alone(&name);
        Err(match is_host_name(alone) {
            true => format!(
                "a scheme, a port and a path are not part of it, since what is forwarded comes by \
                 https at its standard port: write --forwarded-as {alone}"
            ),
            false => "this is no host name: write it as it stands in the address of the forwarded \
                      book, between https:// and the next /"
                .to_owned(),
        })
    }

    /// The origin of its pages (RFC 6454), in which the standard port is left out.
    pub(crate) fn origin(&self) -> String {
        format!("https://{}", self.0)
    }

    /// Whether a `Host` of this name and port means it.
    pub(super) fn is(&self, name: &str, port: Option<u16>) -> bool {
        self.0.eq_ignore_ascii_case(name) && port.is_none_or(|port| port == 443)
    }
}

impl fmt::Display for ForwardedName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a browser would read as an address.
fn is_address(text: &str) -> bool {
    text.starts_with('[') || text.parse::<Ipv4Addr>().is_ok()
}

/// Whether it is a name of DNS (RFC 1123, 2.1), or one with an underscore, which some
/// have. A browser reads one whose last part is a number as an address (URL standard,
/// "ends in a number").
fn is_host_name(text: &str) -> bool {
    let is_label = |label: &str| {
        let inside = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
        (1..=63).contains(&label.len())
            && label.bytes().all(inside)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.len() <= 253
        && text.split('.').all(is_label)
        && !last.starts_with(|it: char| it.is_ascii_digit())
}

/// The host in an address: without its scheme, its port, its path and a dot at its end.
fn name_alone(address: &str) -> &str {
    let (_, rest) = address.split_once("://").unwrap_or(("", address));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    name.strip_suffix('.').unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_as_browsers_send_it() {
        for (written, name) in [
            ("book.example", "book.example"),
            ("Book.Example", "book.example"),
            ("kitchen", "kitchen"),
            ("localhost", "localhost"),
            ("a-b_c.1d.example", "a-b_c.1d.example"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ] {
            assert_eq!(ForwardedName::parse(written).unwrap().to_string(), name);
        }
    }

    #[test]
    fn it_means_its_standard_port_alone() {
        let name = ForwardedName::parse("book.example").unwrap();
        assert!(name.is("Book.example", None));
        assert!(name.is("book.example", Some(443)));
        assert!(!name.is("book.example", Some(80)));
        assert!(!name.is("a.book.example", None));
        assert_eq!(name.origin(), "https://book.example");
    }

    #[test]
    fn what_is_more_than_a_name_says_the_name() {
        for address in [
            "https://book.example",
            "HTTPS://Book.example:8443/a/b?c#d",
            "book.example:443",
            "book.example/",
            "book.example.",
        ] {
            let why = ForwardedName::parse(address).unwrap_err();
            assert!(why.ends_with("write --forwarded-as book.example"), "{why}");
        }
        let long = format!("{}.example", "a".repeat(64));
        for none in ["", ".", "a..b", "a b", "u@a.b", "1.2.3.4.5", "a.b\n", &long] {
            let why = ForwardedName::parse(none).unwrap_err();
            assert!(why.starts_with("this is no host name"), "{none:?}: {why}");
        }
    }
}
