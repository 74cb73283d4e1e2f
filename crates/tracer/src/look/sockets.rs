//! Which socket is at a socket's other end.

use super::descriptors::SocketInode;
use rustix::fd::{FromRawFd, OwnedFd};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{Read, Write};

/// Asks the kernel, and remembers: a connected socket keeps its peer.
#[derive(Debug, Default)]
pub struct Sockets {
    known: BTreeMap<SocketInode, SocketInode>,
    kernel: Option<File>,
}

impl Sockets {
    /// Of those of these that are connected, within our network namespace.
    pub fn peers(&mut self, held: &BTreeSet<SocketInode>) -> BTreeMap<SocketInode, SocketInode> {
        self.known.retain(|socket, _| held.contains(socket));
        let mut others = Vec::new();
        for socket in held {
            if self.known.contains_key(socket) {
                continue;
            }
            match self.unix_peer(*socket) {
                Some(peer) => drop(self.known.insert(*socket, peer)),
                None => others.push(*socket),
            }
        }
        if !others.is_empty() {
            let internet = internet_peers();
            let found = others
                .iter()
                .filter_map(|it| Some((*it, *internet.get(it)?)));
            self.known.extend(found);
        }
        self.known.clone()
    }

    /// `sock_diag(7)`
    fn unix_peer(&mut self, socket: SocketInode) -> Option<SocketInode> {
        if self.kernel.is_none() {
            self.kernel = Some(sock_diag()?);
        }
        let kernel = self.kernel.as_mut()?;
        kernel.write_all(&question(socket)).ok()?;
        let mut answer = [0; 1024];
        let length = kernel.read(&mut answer).ok()?;
        peer_in(&answer[..length])
    }
}

#[expect(unsafe_code, reason = "no crate of ours opens a netlink socket")]
fn sock_diag() -> Option<File> {
    let kind = libc::SOCK_DGRAM | libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;
    // SAFETY: three numbers go in, a new descriptor or an error comes out.
    let fd = unsafe { libc::socket(libc::AF_NETLINK, kind, libc::NETLINK_SOCK_DIAG) };
    // SAFETY: the call has just made it, and nobody else knows it.
    (fd >= 0).then(|| File::from(unsafe { OwnedFd::from_raw_fd(fd) }))
}

const SOCK_DIAG_BY_FAMILY: u16 = 20;
const UDIAG_SHOW_NAME: u32 = 1;
const UDIAG_SHOW_PEER: u32 = 4;
const UNIX_DIAG_NAME: u16 = 0;
const UNIX_DIAG_PEER: u16 = 2;

/// A `struct nlmsghdr` and a `struct unix_diag_req`, about one socket.
fn question(socket: SocketInode) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(40);
    bytes.extend(40u32.to_ne_bytes());
    bytes.extend(SOCK_DIAG_BY_FAMILY.to_ne_bytes());
    bytes.extend((libc::NLM_F_REQUEST as u16).to_ne_bytes());
    bytes.extend([0; 8]);
    bytes.extend([libc::AF_UNIX as u8, 0, 0, 0]);
    bytes.extend(u32::MAX.to_ne_bytes());
    bytes.extend((socket.0 as u32).to_ne_bytes());
    bytes.extend((UDIAG_SHOW_NAME | UDIAG_SHOW_PEER).to_ne_bytes());
    // Whatever cookie it has.
    bytes.extend([0xff; 8]);
    bytes
}

/// What a `struct unix_diag_msg` and the attributes behind it say. To a datagram
/// socket with a name anybody may send, so that has no one peer.
fn peer_in(answer: &[u8]) -> Option<SocketInode> {
    let number = |at: usize| Some(u16::from_ne_bytes(answer.get(at..at + 2)?.try_into().ok()?));
    if number(4)? != SOCK_DIAG_BY_FAMILY {
        return None;
    }
    let is_datagram = i32::from(*answer.get(17)?) == libc::SOCK_DGRAM;
    let mut peer = None;
    let mut at = 32;
    while let (Some(length), Some(kind)) = (number(at), number(at + 2)) {
        let value = answer.get(at + 4..at + usize::from(length))?;
        match kind {
            UNIX_DIAG_NAME if is_datagram => return None,
            UNIX_DIAG_PEER => peer = Some(u32::from_ne_bytes(value.try_into().ok()?)),
            _ => {}
        }
        at += usize::from(length).max(4).next_multiple_of(4);
    }
    peer.map(|peer| SocketInode(peer.into()))
}

/// TCP connections whose both ends are on this machine (`proc_pid_net(5)`).
fn internet_peers() -> BTreeMap<SocketInode, SocketInode> {
    let tables = ["/proc/self/net/tcp", "/proc/self/net/tcp6"];
    let texts: Vec<String> = tables.iter().flat_map(fs::read_to_string).collect();
    let lines = texts.iter().flat_map(|text| text.lines().skip(1));
    let rows: Vec<(String, String, SocketInode)> = lines.filter_map(connection).collect();
    let by_ends: BTreeMap<_, _> = rows
        .iter()
        .map(|(local, remote, socket)| ((local, remote), *socket))
        .collect();
    let peer = |(local, remote, socket): &(String, String, SocketInode)| {
        Some((*socket, *by_ends.get(&(remote, local))?))
    };
    rows.iter().filter_map(peer).collect()
}

/// `0: 0100007F:A3F2 0100007F:1F90 01 … inode …`
fn connection(line: &str) -> Option<(String, String, SocketInode)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    // An IPv4 address that an IPv6 socket has is written behind 12 bytes.
    let plain = |end: &str| {
        end.strip_prefix("0000000000000000FFFF0000")
            .unwrap_or(end)
            .to_owned()
    };
    let inode: u64 = words.get(9)?.parse().ok()?;
    let is_listening = *words.get(3)? == "0A";
    (inode != 0 && !is_listening).then(|| (plain(words[1]), plain(words[2]), SocketInode(inode)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{TcpListener, TcpStream};
    use std::os::fd::AsFd;
    use std::os::unix::net::{UnixDatagram, UnixStream};

    fn inode(socket: &impl AsFd) -> SocketInode {
        SocketInode(rustix::fs::fstat(socket).unwrap().st_ino)
    }

    fn peers(sockets: &[SocketInode]) -> BTreeMap<SocketInode, SocketInode> {
        Sockets::default().peers(&sockets.iter().copied().collect())
    }

    #[test]
    fn the_two_of_a_pair_are_each_others_peers() {
        let (one, other) = UnixStream::pair().unwrap();
        let (one, other) = (inode(&one), inode(&other));
        assert_eq!(peers(&[one, other]), [(one, other), (other, one)].into());
    }

    #[test]
    fn the_ends_of_a_connection_on_this_machine_are_peers() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (server, _) = listener.accept().unwrap();
        let (one, other) = (inode(&client), inode(&server));
        let expected = [(one, other), (other, one)].into();
        assert_eq!(peers(&[one, other, inode(&listener)]), expected);
    }

    #[test]
    fn a_datagram_socket_with_a_name_has_no_one_peer() {
        let folder = tempfile::tempdir().unwrap();
        let named = UnixDatagram::bind(folder.path().join("named")).unwrap();
        let other = UnixDatagram::bind(folder.path().join("other")).unwrap();
        named.connect(folder.path().join("other")).unwrap();
        assert_eq!(peers(&[inode(&named), inode(&other)]), [].into());
    }
}
