//! # An answer with any number of lines
//!
//! An answer is over at its empty line, and at nothing else. The end of the
//! stream is no end of an answer: somebody has hung up. For the goodbye the
//! order counts: drop the questions first, then read to the end, where duct
//! waits for the child. With the standard library: `Child` with two pipes,
//! the same loop, and a `wait` as the last line of `end`.

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
        let mut answer = Vec::new();
        loop {
            let line = self.answers.next().context("it hung up")??;
            if line.is_empty() {
                return Ok(answer);
            }
            answer.push(line);
        }
    }

    pub fn end(self) -> Result<Vec<String>> {
        drop(self.questions);
        let last_words = self.answers.collect::<Result<_, _>>()?;
        Ok(last_words)
    }
}

#[cfg(test)]
#[path = "../checks/any_answer.rs"]
mod checks;
