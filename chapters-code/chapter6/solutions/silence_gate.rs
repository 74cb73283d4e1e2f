//! # The soft beginning of a word
//!
//! Two things are remembered, and both are small. `quiet` holds the last
//! `around` samples that were not kept: if a loud one comes, they come before
//! it. `open` counts how many are kept even if they are quiet. Each sample goes
//! into one of the two queues, never into both, so none comes twice where two
//! words are close. A window of the next `around` samples, looked through for a
//! loud one, does the same with more work.

use std::collections::VecDeque;
use std::{io, iter};

pub fn gate(
    mut samples: impl Iterator<Item = io::Result<i16>>,
    loud: u16,
    around: usize,
) -> impl Iterator<Item = io::Result<i16>> {
    let mut quiet = VecDeque::new();
    let mut kept = VecDeque::new();
    let mut open = 0;
    iter::from_fn(move || {
        while kept.is_empty() {
            let sample = match samples.next()? {
                Ok(sample) => sample,
                Err(error) => return Some(Err(error)),
            };
            if sample.unsigned_abs() >= loud {
                kept.append(&mut quiet);
                open = around + 1;
            }
            if open > 0 {
                open -= 1;
                kept.push_back(sample);
            } else {
                quiet.push_back(sample);
                if quiet.len() > around {
                    quiet.pop_front();
                }
            }
        }
        kept.pop_front().map(Ok)
    })
}

#[cfg(test)]
#[path = "../checks/silence_gate.rs"]
mod checks;
