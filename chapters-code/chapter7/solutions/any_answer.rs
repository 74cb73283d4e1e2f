//! # An answer with any number of lines
//!
//! An answer is over at its empty line, and at nothing else. The end of the
//! stream is no end of an answer: somebody has hung up. For the goodbye the
//! order counts: drop the questions first, then read to the end, where duct
//! waits for the child. Read bytes there, and make them text afterwards: lines
//! that are collected stop at the first that is no UTF-8, and the child stays.
//! With the standard library: `Child` with two pipes, the same loop, and in
//! `end` a `wait` before any error is returned.

use anyhow::{Result, bail};
use duct::{ReaderHandle, cmd};
use std::io::{BufRead, BufReader, PipeWriter, Read, Write, pipe};

pub struct Conversation {
    questions: PipeWriter,
    answers: BufReader<ReaderHandle>,
}

impl Conversation {
    pub fn begin(script: &str) -> Result<Conversation> {
        let (stdin, questions) = pipe()?;
        let child = cmd!("sh", "-c", script).stdin_file(stdin).reader()?;
        let answers = BufReader::new(child);
        Ok(Conversation { questions, answers })
    }

    pub fn ask(&mut self, question: &str) -> Result<Vec<String>> {
        writeln!(self.questions, "{question}")?;
        let mut answer = Vec::new();
        for line in (&mut self.answers).lines() {
            let line = line?;
            if line.is_empty() {
                return Ok(answer);
            }
            answer.push(line);
        }
        bail!("it hung up");
    }

    pub fn end(mut self) -> Result<Vec<String>> {
        drop(self.questions);
        let mut last_words = Vec::new();
        self.answers.read_to_end(&mut last_words)?;
        let last_words = String::from_utf8(last_words)?;
        Ok(last_words.lines().map(str::to_owned).collect())
    }
}

#[cfg(test)]
#[path = "../checks/any_answer.rs"]
mod checks;
