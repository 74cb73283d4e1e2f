//! What a reader can ask for, and the refusals that need nothing but the
//! words of the request.

use super::wav;
use clap::{Parser, ValueEnum};
use listing::typed;
use std::path::PathBuf;

/// Record a microphone, or a tone in its place, into a WAV file.
///
/// Stop it with Enter or Ctrl-C: the file is whole. Even after `kill -KILL` it
/// plays, up to the last half second.
#[derive(Parser, Debug)]
#[command(
    name = "record",
    bin_name = typed::here("cargo run -p chapter6 -- record"),
    disable_version_flag = true
)]
pub struct Options {
    /// The WAV file to make, 16 bits, mono
    #[arg(
        short,
        long,
        value_name = "FILE",
        required_unless_present = "list_devices"
    )]
    pub output: Option<PathBuf>,

    /// How long to record, counted in samples; until you stop it if not given
    #[arg(
        short,
        long,
        value_name = "S",
        allow_negative_numbers = true,
        value_parser = seconds
    )]
    pub seconds: Option<f64>,

    /// What to record
    #[arg(long, value_enum, default_value_t = Wanted::Auto)]
    pub source: Wanted,

    /// Which microphone: a name that --list-devices prints
    #[arg(long, value_name = "NAME")]
    pub device: Option<String>,

    /// Name the microphones that ffmpeg can see, and record nothing
    #[arg(long)]
    pub list_devices: bool,

    /// Samples a second
    #[arg(
        long,
        value_name = "HZ",
        default_value_t = 16_000,
        allow_negative_numbers = true,
        value_parser = rate
    )]
    pub rate: u32,

    /// Write over an output file that exists
    #[arg(long)]
    pub force: bool,

    /// If the disk is too slow, drop samples and count them, instead of
    /// letting the source wait
    #[arg(long)]
    pub lossy: bool,
}

/// The value of `--source`.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A microphone if one works, else the tone
    Auto,
    /// A microphone, by ffmpeg
    Mic,
    /// 440 Hz in real time, by ffmpeg, or without it by this program
    Tone,
}

impl Options {
    /// How many samples `--seconds` asks for; without it, as many as a WAV
    /// can hold.
    ///
    /// # Errors
    /// Less than one sample, or more than a WAV can hold.
    pub fn samples(&self) -> anyhow::Result<u64> {
        let Some(seconds) = self.seconds else {
            return Ok(wav::MOST_SAMPLES);
        };
        let rate = self.rate;
        let samples = (seconds * f64::from(rate)).round();
        anyhow::ensure!(
            samples >= 1.0,
            "--seconds {seconds} is less than one sample at {rate} Hz: ask for more"
        );
        let most = wav::MOST_SAMPLES;
        anyhow::ensure!(
            samples <= most as f64,
            "--seconds {seconds} does not fit into a WAV, which ends at 4 GiB: \
             at {rate} Hz it holds {} seconds",
            most / u64::from(rate)
        );
        Ok(samples as u64)
    }
}

fn seconds(given: &str) -> Result<f64, String> {
    let seconds: f64 = given.parse().map_err(|_| "not a number".to_owned())?;
    if seconds.is_finite() && seconds > 0.0 {
        Ok(seconds)
    } else {
        Err("a recording lasts more than 0 seconds, and ends".to_owned())
    }
}

fn rate(given: &str) -> Result<u32, String> {
    let most = wav::HIGHEST_RATE;
    match given.parse() {
        Ok(rate) if (1..=most).contains(&rate) => Ok(rate),
        _ => Err(format!("a WAV's rate is a whole number from 1 to {most}")),
    }
}
