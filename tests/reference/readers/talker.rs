//! The child whose words every reader of the page reads.

use std::path::PathBuf;
use tests::book::root;

/// What the columns of a runtime's second table give it to read: the manners
/// of the child.
pub const STREAMS: [&str; 3] = ["half a line", "not UTF-8", "odd ends"];

/// A file beside this one.
pub fn beside(name: &str) -> PathBuf {
    root().join("tests/reference/readers").join(name)
}

/// The words of its command line, for one manner.
pub fn command(manner: &str) -> [String; 3] {
    let talker = beside("talker.sh").display().to_string();
    ["sh", &talker, manner].map(str::to_owned)
}
