//! What differs from run to run by nature, each kind by one narrow pattern.
//!
//! A kind's pattern asks for the word or unit beside the number, so that a
//! listing must say what varies before a mask can hide it, and every other
//! digit stays compared.

use regex::Regex;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A kind of thing that varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mask {
    /// `pid 4711`, `/proc/4711/`
    Pid,
    /// The number in `12 ms`, `7 µs`; of `1.016 s` what follows the point, so
    /// that a wait of a second cannot become none
    Duration,
    /// `0x7ffd12345678`
    Address,
    /// `about 1200`: a number that the listing itself calls inexact
    Count,
    /// The `anon_` of `anon_pipe_write`: what differs between kernels, not
    /// between runs, in the name of the function where a process sleeps
    KernelFunction,
    /// `thread 'main' (4711)`: the head of a panic's message
    Thread,
}

impl Mask {
    pub const ALL: [Mask; 6] = [
        Mask::Pid,
        Mask::Duration,
        Mask::Address,
        Mask::Count,
        Mask::KernelFunction,
        Mask::Thread,
    ];

    /// As the settings write it: `kernel-function`.
    pub fn name(self) -> &'static str {
        match self {
            Mask::Pid => "pid",
            Mask::Duration => "duration",
            Mask::Address => "address",
            Mask::Count => "count",
            Mask::KernelFunction => "kernel-function",
            Mask::Thread => "thread",
        }
    }

    /// Whether two runs on one machine must be able to differ in it. A kernel
    /// function has another name on another kernel only.
    pub(crate) fn differs_between_runs(self) -> bool {
        self != Mask::KernelFunction
    }

    fn pattern(self) -> &'static Regex {
        static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
            let pattern = |mask: &Mask| Regex::new(mask.expression()).expect("the pattern is ours");
            Mask::ALL.iter().map(pattern).collect()
        });
        &PATTERNS[self as usize]
    }

    /// A group is what varies, one in each match; the text around it stays.
    fn expression(self) -> &'static str {
        match self {
            Mask::Pid => r"(?:\bpid |/proc/)(\d{1,7})\b",
            Mask::Duration => {
                r"\b\d{1,4}\.(\d{1,3}) ?s\b|\b(\d{1,6}(?:\.\d{1,3})?) ?(?:ns|µs|ms)\b"
            }
            Mask::Address => r"\b(0x[0-9a-f]{4,16})\b",
            Mask::Count => r"\babout (\d{1,9})\b",
            Mask::KernelFunction => {
                r"\b((?:anon_)?)pipe_(?:read|write)\b|\b((?:hrtimer|do)_)nanosleep\b|\bfutex_((?:do_)?wait(?:_queue)?)\b"
            }
            Mask::Thread => r"\bthread '[^'\n]{1,40}' \((\d{1,7})\)",
        }
    }

    /// Puts the kind's name in place of what varies, and says what that was.
    fn apply(self, text: &str, found: &mut BTreeSet<String>) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut end = 0;
        for captures in self.pattern().captures_iter(text) {
            let Some(varying) = captures.iter().skip(1).flatten().next() else {
                continue;
            };
            found.insert(varying.as_str().to_owned());
            masked.push_str(&text[end..varying.start()]);
            masked.push_str(&format!("[{}]", self.name()));
            end = varying.end();
        }
        masked.push_str(&text[end..]);
        masked
    }
}

/// A stream after masking, and what each mask found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    pub text: String,
    /// For each mask asked for, the texts that it hid.
    pub found: BTreeMap<Mask, BTreeSet<String>>,
}

impl Masked {
    /// Masks a whole stream. Bytes that are not UTF-8 are compared by their
    /// values, written as `\xff`; a backslash is doubled, so that no text can
    /// pass for such a byte.
    pub fn new(stream: &[u8], masks: &[Mask]) -> Masked {
        let mut text = printable(stream);
        let mut found = BTreeMap::new();
        for &mask in masks {
            let mut hidden = BTreeSet::new();
            text = mask.apply(&text, &mut hidden);
            found.insert(mask, hidden);
        }
        Masked { text, found }
    }
}

/// The bytes as text, with each byte outside of UTF-8 as `\xff`, and a
/// backslash as `\\`.
fn printable(stream: &[u8]) -> String {
    let mut text = String::with_capacity(stream.len());
    for chunk in stream.utf8_chunks() {
        text.push_str(&chunk.valid().replace('\\', r"\\"));
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(mask: Mask, text: &str) -> String {
        Masked::new(text.as_bytes(), &[mask]).text
    }

    #[test]
    fn a_mask_hides_only_the_number_that_the_listing_named() {
        assert_eq!(
            masked(Mask::Pid, "pid 4711 wrote 4711 bytes"),
            "pid [pid] wrote 4711 bytes"
        );
        assert_eq!(
            masked(Mask::Duration, "2 rounds in 41.7 ms"),
            "2 rounds in [duration] ms"
        );
        assert_eq!(
            masked(Mask::Count, "about 812 of 6000"),
            "about [count] of 6000"
        );
        assert_eq!(
            masked(Mask::Thread, "thread 'main' (812) panicked at a.rs:8:5"),
            "thread 'main' ([thread]) panicked at a.rs:8:5"
        );
    }

    #[test]
    fn the_two_names_of_one_kernel_function_are_one() {
        let old = masked(Mask::KernelFunction, "stuck in pipe_write");
        assert_eq!(
            old,
            masked(Mask::KernelFunction, "stuck in anon_pipe_write")
        );
    }

    #[test]
    fn reading_from_a_pipe_is_not_writing_to_one() {
        let masked = |text| masked(Mask::KernelFunction, text);
        assert_ne!(masked("in anon_pipe_write"), masked("in anon_pipe_read"));
        assert_ne!(masked("in pipe_write"), masked("in hrtimer_nanosleep"));
    }

    #[test]
    fn a_duration_keeps_its_unit_and_its_whole_seconds() {
        let masked = |text| masked(Mask::Duration, text);
        assert_eq!(masked("after 1.016 s"), masked("after 1.2 s"));
        assert_ne!(masked("after 1.016 s"), masked("after 0.016 s"));
        assert_ne!(masked("after 12 ms"), masked("after 12 s"));
        assert_eq!(masked("5 s of sound"), "5 s of sound");
        assert_eq!(masked("7 µs"), "[duration] µs");
    }

    #[test]
    fn a_mask_that_is_not_asked_for_hides_nothing() {
        assert_eq!(Masked::new(b"pid 4711", &[]).text, "pid 4711");
    }

    #[test]
    fn bytes_outside_of_utf_8_stay_apart() {
        assert_ne!(
            Masked::new(b"caf\xc3", &[]),
            Masked::new("caf\u{fffd}".as_bytes(), &[])
        );
        assert_ne!(Masked::new(b"caf\xc3", &[]), Masked::new(br"caf\xc3", &[]));
    }
}
