//! What is wrong with the book: gathered over all pages, told together.

use recording::catalogue::Fault;
use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

/// One thing that is not as it should be, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the book's root: `book/chapter5-pipes/index.md`.
    pub file: PathBuf,
    /// The line in that file, counted from 1; `None` for the file as a whole.
    pub line: Option<usize>,
    /// What is wrong, and what to do about it.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Every problem of a book. As an error it prints each on a line of its own,
/// as rustc does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// The problems, file by file and line by line. Public for the tests.
    pub fn list(&self) -> &[Problem] {
        &self.0
    }

    pub(crate) fn add(&mut self, file: &Path, line: Option<usize>, message: impl Into<String>) {
        self.0.push(Problem {
            file: file.to_owned(),
            line,
            message: message.into(),
        });
    }

    pub(crate) fn extend(&mut self, others: Problems) {
        self.0.extend(others.0);
    }

    pub(crate) fn add_fault(&mut self, fault: Fault) {
        self.add(&fault.file, None, fault.message);
    }

    /// Nothing, if there is no problem.
    ///
    /// # Errors
    /// The problems themselves, in order, each once.
    pub(crate) fn into_result(mut self) -> Result<(), Problems> {
        self.0.sort();
        self.0.dedup();
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.0 {
            writeln!(f, "{problem}")?;
        }
        match self.0.len() {
            1 => write!(f, "the book has 1 problem"),
            count => write!(f, "the book has {count} problems"),
        }
    }
}

impl Error for Problems {}
