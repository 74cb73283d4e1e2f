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

/// Begins the table of the calling crate's chapter, under the title given.
///
/// ```no_run
/// fn greet() -> anyhow::Result<()> {
///     println!("hello");
///     Ok(())
/// }
///
/// listing::chapter!("Greetings")
///     .listing("greet", "say hello", greet)
///     .main();
/// ```
#[macro_export]
macro_rules! chapter {
    ($title:expr) => {
        $crate::Chapter::new(env!("CARGO_PKG_NAME"), env!("CARGO_MANIFEST_DIR"), $title)
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

struct Listing {
    /// The file's name without `.rs`; for Python the whole file name.
    name: String,
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

impl Chapter {
    /// `source` is the crate's folder, where its Python listings lie. Use
    /// [`chapter!`], which fills in both.
    pub fn new(name: &'static str, source: &'static str, title: &'static str) -> Self {
        Chapter {
            name,
            source,
            title,
            next: None,
            listings: Vec::new(),
            children: Vec::new(),
            programs: Vec::new(),
        }
    }

    /// Adds the listing in `src/listings/NAME.rs`.
    pub fn listing(mut self, name: &str, summary: &'static str, main: Main) -> Self {
        self.listings.push(Listing {
            name: name.to_owned(),
            summary,
            language: Language::Rust(main),
            needs: Vec::new(),
        });
        self
    }

    /// Adds the listing in `python/NAME.py`, whose name ends in `.py`.
    pub fn python(mut self, name: &str, summary: &'static str) -> Self {
        self.listings.push(Listing {
            name: name.to_owned(),
            summary,
            language: Language::Python,
            needs: vec!["python3"],
        });
        self
    }

    /// Says that the listing added last needs a program that a bare machine
    /// may lack. Where it is missing, a full run passes over the listing and
    /// says why.
    pub fn needs(mut self, tool: &'static str) -> Self {
        if let Some(listing) = self.listings.last_mut() {
            listing.needs.push(tool);
        }
        self
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
