//! # An answer with any number of lines
//!
//! The child answers each question with any number of lines, even none, and
//! then an empty one. (Blanks are not empty.) `ask` returns the lines without
//! the empty one. `end` says goodbye by closing the child's stdin, waits until
//! the child has ended by itself, and returns the lines that are still unread.
//!
//! As it is, the second question gets the rest of the first answer, and `end`
//! waits for ever. Mend both, with duct or with the standard library. If the
//! child hangs up in the middle of an answer, `ask` returns an error. If these
//! lines are not UTF-8, `end` waits for the child and returns an error.

use anyhow::{Context, Result};
use duct::{ReaderHandle, cmd};
use std::io::{BufRead, BufReader, Lines, PipeWriter, Write, pipe};

pub struct Conversation {
    questions: PipeWriter,
    answers: Lines<BufReader<ReaderHandle>>,
}

impl Conversation {
    pub fn begin(script: &str) -> Result<Conversation> {
        let (stdin, questions) = pipe()?;
        let child = cmd!("sh", "-c", script).stdin_file(stdin).reader()?;
        let answers = BufReader::new(child).lines();
        Ok(Conversation { questions, answers })
    }

    pub fn ask(&mut self, question: &str) -> Result<Vec<String>> {
        writeln!(self.questions, "{question}")?;
        let line = self.answers.next().context("it hung up")??;
        Ok(vec![line])
    }

    pub fn end(self) -> Result<Vec<String>> {
        let last_words = self.answers.collect::<Result<_, _>>()?;
        Ok(last_words)
    }
}

#[cfg(test)]
#[path = "../checks/any_answer.rs"]
mod checks;
