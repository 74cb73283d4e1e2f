//! What a trial is given, and what is expected of it.

use std::time::Duration;

pub(crate) struct TrialSpec {
    /// What the code should do, in words.
    pub(crate) expected: String,
    /// The page of the book that explains it, from `book/` on.
    pub(crate) page: Option<String>,
    pub(crate) stdin: Vec<u8>,
    pub(crate) time_limit: Duration,
}
