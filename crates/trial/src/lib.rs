//! What an exercise's check needs: a trial of the reader's code in a process
//! of its own, so that code which hangs, exits, aborts or leaves something
//! behind fails its check and harms nothing else.
//!
//! ```no_run
//! use trial::{same, trial};
//!
//! fn answer() -> anyhow::Result<String> {
//!     Ok("42".to_owned())
//! }
//!
//! trial("the answer, in digits", || {
//!     same("the answer", &answer()?, &"42".to_owned())
//! })
//! .read("chapter1-run/index.md")
//! .passes();
//! ```
//!
//! The test starts its own binary again, with the same test as its only one,
//! and marks that process by a variable in its environment. There [`trial`]
//! runs the code, looks whether it has left a child or a descriptor, and
//! exits. What the code starts inherits the mark, and so is found and ended
//! wherever it has gone, on Linux. Only a daemon that is started with another
//! environment escapes; a supervisor that runs the test finds that one too.

mod capture;
mod ended;
mod launch;
mod mark;
mod parent_pipe;
mod shown;
mod spec;
mod trial;
mod trial_process;

pub use ended::Ended;
pub use trial::{Trial, trial};

use anyhow::ensure;
use shown::shortened;
use std::fmt::Debug;

/// Says what should be the same and is not.
///
/// # Errors
/// They differ.
pub fn same<T: Debug + PartialEq>(what: &str, found: &T, expected: &T) -> anyhow::Result<()> {
    ensure!(
        found == expected,
        "{what} should be {}, and is {}",
        shortened(expected),
        shortened(found)
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_names_both_sides() {
        let error = same("the status", &3, &4).unwrap_err().to_string();
        assert_eq!(error, "the status should be 4, and is 3");
    }

    #[test]
    fn a_long_value_is_cut() {
        let error = same("it", &"a".repeat(1000), &String::new()).unwrap_err();
        assert!(error.to_string().ends_with("a… (1002 characters)"));
    }
}
