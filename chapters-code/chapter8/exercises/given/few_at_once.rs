//! # Forty films, two at once
//!
//! `run_all` runs shell scripts, and returns for each of them what duct's
//! `read` says of it: its stdout, or why it failed. It takes `at_once` of them
//! at a time. But while a long one of such a group runs, all CPUs but one have
//! nothing to do.
//!
//! Mend it. Never more than `at_once` of the scripts run at the same time, and
//! never fewer while there is one left to begin: whoever is done makes room
//! for the next. The results come in the order of the scripts. One that fails
//! does not stop the others. When `run_all` returns, all have ended.

use duct::cmd;
use std::{io, thread};

pub fn run_all(scripts: &[String], at_once: usize) -> Vec<io::Result<String>> {
    let mut answers = Vec::new();
    for group in scripts.chunks(at_once) {
        thread::scope(|scope| {
            let cook = |script| {
                let child = cmd!("sh", "-c", script);
                scope.spawn(move || child.read())
            };
            let cooks: Vec<_> = group.iter().map(cook).collect();
            for cook in cooks {
                answers.push(cook.join().expect("a cook does not panic"));
            }
        });
    }
    answers
}

#[cfg(test)]
#[path = "../checks/few_at_once.rs"]
mod checks;
