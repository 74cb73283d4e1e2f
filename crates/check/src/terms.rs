//! What a trial is given, and what is expected of it.

use std::time::Duration;

pub(crate) struct Terms {
    /// What it should do, in words.
    pub(crate) expected: String,
    /// Where the book explains it.
    pub(crate) read: Option<String>,
    pub(crate) stdin: Vec<u8>,
    pub(crate) time_limit: Duration,
}
