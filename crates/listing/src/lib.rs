//! What a chapter's `main.rs` needs: a table of its listings, and the command
//! line over that table.
//!
//! A chapter is one binary. `chapter5` runs all its listings, each as a child
//! of itself; `chapter5 word_count` *is* that listing, in the same process, so
//! that its pid and the signals that reach it are the listing's own.

mod chapter;
mod command_line;
pub mod place;
mod surroundings;
pub mod typed;
mod unwritten;

pub use chapter::{Chapter, Listing};
pub use unwritten::{Unwritten, printing};

/// The calling crate's chapter: its title, and its listings in reading order,
/// a line for each.
///
/// `greet` is `listings::greet::main`, and `greet.py` is `python/greet.py`.
/// `needs` names programs that must be on the PATH, and that a bare machine
/// may lack: where one is missing, a full run skips the listing and says why.
///
/// ```no_run
/// mod listings {
///     pub mod greet {
///         pub fn main() -> anyhow::Result<()> {
///             println!("hello");
///             Ok(())
///         }
///     }
/// }
///
/// fn main() -> std::process::ExitCode {
///     listing::chapter!("Greetings", {
///         greet: "say hello" needs ["bash"],
///         greet.py: "the same in Python",
///     })
///     .main()
/// }
/// ```
#[macro_export]
macro_rules! chapter {
    ($title:literal, {
        $($name:ident $(.$extension:ident)?: $summary:literal $(needs $tools:tt)?,)*
    }) => {
        $crate::Chapter::new(
            env!("CARGO_PKG_NAME"),
            $title,
            vec![$($crate::entry!($name $(.$extension)?, $summary)$(.needs(&$tools))?),*],
        )
    };
}

/// One line of [`chapter!`].
#[doc(hidden)]
#[macro_export]
macro_rules! entry {
    ($name:ident, $summary:literal) => {
        $crate::Listing::rust(stringify!($name), $summary, listings::$name::main)
    };
    ($name:ident.py, $summary:literal) => {
        $crate::Listing::python(concat!(stringify!($name), ".py"), $summary)
    };
}
