use super::messages;
use anyhow::ensure;
use duct::cmd;
use std::fs;
use std::io::Read;
use trial::{same, trial};

const PAGE: &str = "chapter5-pipes/where-the-bytes-are.md";

const WIRE: &[u8] = b"5\nhello0\n4\na\nb\n3\n\xff\x00\n";

fn expected() -> Vec<Vec<u8>> {
    let expected: [&[u8]; 4] = [b"hello", b"", b"a\nb\n", b"\xff\x00\n"];
    expected.map(<[u8]>::to_vec).to_vec()
}

#[test]
fn messages_that_come_at_once_are_all_there() {
    trial("the four messages that a child has written at once", || {
        fs::write("wire", WIRE)?;
        let child = cmd!("cat", "wire").reader()?;
        same("the messages", &messages(&child)?, &expected())
    })
    .read(PAGE)
    .passes();
}

/// Gives a byte at a time.
struct Drops<'a>(&'a [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        let one = room.len().min(1);
        self.0.read(&mut room[..one])
    }
}

#[test]
fn messages_that_come_byte_by_byte_are_the_same() {
    trial("the four messages, from a stream that gives drops", || {
        same("the messages", &messages(Drops(WIRE))?, &expected())
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_message_larger_than_a_pipe_is_whole() {
    trial("1,000,000 bytes, and the message after them", || {
        let script = "echo 1000000; yes | head -c 1000000; printf '3\\nbye'";
        let child = cmd!("sh", "-c", script).reader()?;
        let lengths: Vec<_> = messages(&child)?.iter().map(Vec::len).collect();
        same("the lengths", &lengths, &vec![1_000_000, 3])
    })
    .read(PAGE)
    .passes();
}

#[test]
fn a_message_that_is_cut_short_is_an_error() {
    trial("an error, since 2 of 7 bytes are missing", || {
        let result = messages(Drops(b"2\nok7\nshort"));
        ensure!(
            result.is_err(),
            "2 bytes are missing, and it said {result:?}"
        );
        Ok(())
    })
    .read(PAGE)
    .passes();
}
