//! Samples into a WAV file that can be played at any moment.

use super::samples::peak;
use anyhow::Context;
use hound::{SampleFormat, WavSpec, WavWriter};
use std::io::{Seek, Write};
use std::time::{Duration, Instant};

/// A WAV counts its bytes, header included, in 32 bits.
pub const MOST_SAMPLES: u64 = (u32::MAX as u64 - HEADER) / 2;

/// A WAV's header holds the bytes of a second in 32 bits. We stay on the safe
/// side of programs that read them as signed.
pub const HIGHEST_RATE: u32 = i32::MAX as u32 / 2;

/// What hound writes before the first of 16-bit mono samples, in bytes.
pub const HEADER: u64 = 44;

/// How old the header may get. It says how much of the file is sound, and a
/// recorder killed by SIGKILL leaves it as it is: so everything but the last
/// half second can be played.
const HEADER_AGE: Duration = Duration::from_millis(500);

/// A WAV of 16-bit mono samples, growing.
///
/// `W` should not be buffered: what was written must be where SIGKILL cannot
/// reach it, and the header must not get there before its samples.
pub struct Wav<W: Write + Seek> {
    writer: WavWriter<W>,
    rate: u32,
    samples: u64,
    peak: u16,
    header_written: Option<Instant>,
}

/// What became of a WAV.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sound {
    /// How many samples it holds.
    pub samples: u64,
    /// Samples a second.
    pub rate: u32,
    /// How far its loudest sample is from silence: 0 to 32,768.
    pub peak: u16,
}

impl Sound {
    /// How long it plays.
    pub fn seconds(&self) -> f64 {
        self.samples as f64 / f64::from(self.rate)
    }
}

impl<W: Write + Seek> Wav<W> {
    /// Writes the header of an empty WAV.
    ///
    /// # Errors
    /// It could not be written, or `writer` cannot seek.
    pub fn new(writer: W, rate: u32) -> anyhow::Result<Self> {
        let spec = WavSpec {
            channels: 1,
            sample_rate: rate,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        let writer =
            WavWriter::new(writer, spec).context("writing the WAV's header")?;
        Ok(Wav {
            writer,
            rate,
            samples: 0,
            peak: 0,
            header_written: None,
        })
    }

    /// Adds samples, and renews the header if it is due.
    ///
    /// # Errors
    /// They could not be written, as on a full disk. The header then says how
    /// many samples came before, and they can be played.
    pub fn write(&mut self, samples: &[i16]) -> anyhow::Result<()> {
        let written = self.append(samples);
        if written.is_err() {
            // The error that matters is the first one; and rewriting a header
            // needs no new room on the disk.
            let _ = self.writer.flush();
        }
        written.context("writing samples")?;
        self.samples += samples.len() as u64;
        self.peak = self.peak.max(peak(samples));
        self.renew_header()
    }

    fn append(&mut self, samples: &[i16]) -> hound::Result<()> {
        let mut chunk = self.writer.get_i16_writer(samples.len() as u32);
        for sample in samples {
            chunk.write_sample(*sample);
        }
        chunk.flush()
    }

    /// Lets the header say what was written, if it has not for half a second.
    ///
    /// # Errors
    /// It could not be written.
    pub fn renew_header(&mut self) -> anyhow::Result<()> {
        if self
            .header_written
            .is_none_or(|when| when.elapsed() >= HEADER_AGE)
        {
            self.writer.flush().context("writing the WAV's header")?;
            self.header_written = Some(Instant::now());
        }
        Ok(())
    }

    /// What it holds so far.
    pub fn sound(&self) -> Sound {
        let Wav {
            samples,
            rate,
            peak,
            ..
        } = *self;
        Sound {
            samples,
            rate,
            peak,
        }
    }

    /// Makes it whole.
    ///
    /// # Errors
    /// The header could not be written.
    pub fn finish(self) -> anyhow::Result<Sound> {
        let sound = self.sound();
        self.writer
            .finalize()
            .context("writing the WAV's header for the last time")?;
        Ok(sound)
    }
}
