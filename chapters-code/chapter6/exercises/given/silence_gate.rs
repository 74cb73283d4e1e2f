//! # The soft beginning of a word
//!
//! A recorder beside a sleeping child shall write only what is heard. `gate`
//! lets a sample through if it is loud, which means at least as far from zero
//! as `loud`, and `around` samples after each loud one. But a word begins
//! softly, and every word lacks its beginning.
//!
//! Mend it. A sample is kept if it is loud. The `around` samples before a loud
//! one are kept as well, and the `around` samples after it. What is kept comes
//! in order, and once. Errors are passed on. The night is long: hand out what
//! is kept while the stream goes on, and do not collect the silence.

use std::io;

pub fn gate(
    samples: impl Iterator<Item = io::Result<i16>>,
    loud: u16,
    around: usize,
) -> impl Iterator<Item = io::Result<i16>> {
    let mut open = 0;
    samples.filter(move |sample| {
        if sample.as_ref().is_ok_and(|s| s.unsigned_abs() >= loud) {
            open = around + 1;
        }
        let keep = open > 0 || sample.is_err();
        open = open.saturating_sub(1);
        keep
    })
}

#[cfg(test)]
#[path = "../checks/silence_gate.rs"]
mod checks;
