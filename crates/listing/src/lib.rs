//! What a chapter's `main.rs` needs: a table of its listings, and the command
//! line over that table.
//!
//! A chapter is one binary. `chapter5` runs all its listings, each as a child
//! of itself; `chapter5 word_count` *is* that listing, in the same process, so
//! that its pid and the signals that reach it are the listing's own.

mod command_line;
mod surroundings;

use std::ffi::OsString;
use std::process::ExitCode;

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
            env!("CARGO_MANIFEST_DIR"),
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

/// A listing's `main`, or a child's.
type Main = fn() -> anyhow::Result<()>;

/// One chapter: its title, and everything that its command line can start.
pub struct Chapter {
    name: &'static str,
    source: &'static str,
    title: &'static str,
    next: Option<&'static str>,
    listings: Vec<Listing>,
    children: Vec<(&'static str, Main)>,
    programs: Vec<Program>,
}

/// One listing in a chapter's table.
pub struct Listing {
    /// The file's name without `.rs`; for Python the whole file name.
    name: &'static str,
    summary: &'static str,
    language: Language,
    /// Programs that must be on the PATH.
    needs: Vec<&'static str>,
}

enum Language {
    Rust(Main),
    Python,
}

struct Program {
    name: &'static str,
    summary: &'static str,
    main: fn(Vec<OsString>) -> ExitCode,
}

impl Listing {
    /// The listing in `src/listings/NAME.rs`.
    pub fn rust(name: &'static str, summary: &'static str, main: Main) -> Self {
        Listing {
            name,
            summary,
            language: Language::Rust(main),
            needs: Vec::new(),
        }
    }

    /// The listing in `python/NAME`, whose name ends in `.py`.
    pub fn python(name: &'static str, summary: &'static str) -> Self {
        Listing {
            name,
            summary,
            language: Language::Python,
            needs: vec!["python3"],
        }
    }

    /// Adds programs that must be on the PATH.
    pub fn needs(mut self, tools: &[&'static str]) -> Self {
        self.needs.extend(tools);
        self
    }
}

impl Chapter {
    /// `source` is the crate's folder, where its Python listings lie. Use
    /// [`chapter!`], which fills in both.
    pub fn new(
        name: &'static str,
        source: &'static str,
        title: &'static str,
        listings: Vec<Listing>,
    ) -> Self {
        Chapter {
            name,
            source,
            title,
            next: None,
            listings,
            children: Vec::new(),
            programs: Vec::new(),
        }
    }

    /// Adds a child: a process with exact behaviour that a listing starts as
    /// `current_exe() child NAME`. Readers do not see it in `--list`.
    pub fn child(mut self, name: &'static str, main: Main) -> Self {
        self.children.push((name, main));
        self
    }

    /// Adds a program that readers keep. It takes the arguments after its
    /// name, and runs where the reader stands, in the reader's environment.
    pub fn program(
        mut self,
        name: &'static str,
        summary: &'static str,
        main: fn(Vec<OsString>) -> ExitCode,
    ) -> Self {
        self.programs.push(Program {
            name,
            summary,
            main,
        });
        self
    }

    /// What the reader should do after this chapter: the closing line of a
    /// full run.
    pub fn next(mut self, next: &'static str) -> Self {
        self.next = Some(next);
        self
    }

    /// Does what the process's arguments ask for. Exit status 2 means that
    /// they asked for something that this chapter does not have.
    pub fn main(self) -> ExitCode {
        command_line::obey(&self)
    }
}
