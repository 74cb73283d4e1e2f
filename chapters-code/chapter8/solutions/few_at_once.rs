//! # Forty films, two at once
//!
//! As many threads as may run at once, and each takes the next script when it
//! is done: `fetch_add` hands out every number once. A thread notes the number
//! with the answer, so that the answers can be put in order at the end. The
//! `scope` ends when all its threads have, and each thread's `read` when its
//! child has: nobody is left. A `JoinSet` of tasks that never holds more than
//! `at_once` does the same.

use duct::cmd;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::{io, thread};

pub fn run_all(scripts: &[String], at_once: usize) -> Vec<io::Result<String>> {
    let taken = AtomicUsize::new(0);
    let cook = || {
        let mut answers = Vec::new();
        loop {
            let number = taken.fetch_add(1, Relaxed);
            let Some(script) = scripts.get(number) else {
                return answers;
            };
            answers.push((number, cmd!("sh", "-c", script).read()));
        }
    };
    let mut answers = thread::scope(|scope| {
        let cooks: Vec<_> = (0..at_once).map(|_| scope.spawn(cook)).collect();
        let answers = cooks.into_iter().map(|it| it.join());
        answers
            .flat_map(|it| it.expect("a cook does not panic"))
            .collect::<Vec<_>>()
    });
    answers.sort_by_key(|(number, _)| *number);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
#[path = "../checks/few_at_once.rs"]
mod checks;
