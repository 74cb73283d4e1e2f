//! A chapter's table: its listings, its children and its programs.

use std::ffi::OsString;
use std::process::ExitCode;

/// A listing's `main`, or a child's.
pub(crate) type Main = fn() -> anyhow::Result<()>;

/// One chapter: its title, and everything that its command line can start.
pub struct Chapter {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) next: Option<&'static str>,
    pub(crate) listings: Vec<Listing>,
    pub(crate) children: Vec<(&'static str, Main)>,
    pub(crate) programs: Vec<Program>,
}

/// One listing in a chapter's table.
pub struct Listing {
    /// The file's name without `.rs`; for Python the whole file name.
    pub(crate) name: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) language: Language,
    /// Programs that must be on the PATH.
    pub(crate) needs: Vec<&'static str>,
}

pub(crate) enum Language {
    Rust(Main),
    Python,
}

pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) main: fn(Vec<OsString>) -> ExitCode,
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
    /// `name` is the package's, by which its Python listings are found. Use
    /// [`chapter!`], which fills it in.
    pub fn new(name: &'static str, title: &'static str, listings: Vec<Listing>) -> Self {
        Chapter {
            name,
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
}
