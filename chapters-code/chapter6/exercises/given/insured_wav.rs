//! # A recording that nothing can spoil
//!
//! `record` writes samples into a WAV file, 16,000 a second, until there are
//! no more. An hour of an interview went well; then somebody pulled the
//! microphone's plug, and no player would open the file.
//!
//! Mend it. If the samples end, return how many were written. If an item is an
//! error, return that error; the file must then hold all samples that came
//! before it. And insure the file against what nobody can catch: at any moment
//! after the first second of sound it can be opened, and lacks at most the last
//! second, however fast the samples come.

use anyhow::Result;
use hound::{SampleFormat, WavSpec, WavWriter};
use std::path::Path;
use std::{io, process};

const SPEC: WavSpec = WavSpec {
    channels: 1,
    sample_rate: 16_000,
    bits_per_sample: 16,
    sample_format: SampleFormat::Int,
};

pub fn record(
    samples: impl Iterator<Item = io::Result<i16>>,
    file: &Path,
) -> Result<u32> {
    let mut wav = WavWriter::create(file, SPEC)?;
    for sample in samples {
        match sample {
            Ok(sample) => wav.write_sample(sample)?,
            Err(error) => {
                eprintln!("the recording ends: {error}");
                process::exit(2);
            }
        }
    }
    let written = wav.len();
    wav.finalize()?;
    Ok(written)
}

#[cfg(test)]
#[path = "../checks/insured_wav.rs"]
mod checks;
