//! The chapter's child, `chapter6 child tone`: what
//! `ffmpeg -re -f lavfi -i sine=sample_rate=16000 -f s16le -` does, for a
//! machine without ffmpeg.

use anyhow::{Context, bail, ensure};
use clap::Parser;
use std::f64::consts::TAU;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{env, process, thread};

/// What ffmpeg's own sine generator peaks at: an eighth of full scale.
const PEAK: f64 = 4095.0;

/// The status of an ffmpeg that was stopped by a signal. We take it too, so
/// that a program has one rule for both: asked to stop, 255 is no failure.
const STOPPED: i32 = 255;

/// Write a tone to stdout: 16-bit little-endian samples, mono, no header.
#[derive(Parser, Debug)]
#[command(name = "chapter6 child tone")]
struct Options {
    /// How long; for ever if not given
    #[arg(long, value_name = "S")]
    seconds: Option<f64>,
    /// Samples a second
    #[arg(long, value_name = "HZ", default_value_t = 16_000)]
    rate: u32,
    /// The tone's pitch
    #[arg(long, value_name = "HZ", default_value_t = 440.0)]
    frequency: f64,
    /// As fast as somebody reads, instead of in real time
    #[arg(long)]
    fast: bool,
    /// How much is written at once; an odd number cuts samples in two
    #[arg(long, value_name = "BYTES", default_value_t = 3200)]
    chunk: usize,
}

/// Writes the tone until it has lasted `--seconds`, nobody reads any more, or
/// SIGINT or SIGTERM asks it to stop. Then the chunk at hand is written to its
/// end, and the exit status is 255, as ffmpeg's is.
///
/// Like ffmpeg, it does not hear a signal while it waits inside `write` for a
/// full pipe to empty.
///
/// # Errors
/// An option that makes no sense; stdout that cannot be written.
pub fn tone() -> anyhow::Result<()> {
    let options = Options::parse_from(env::args_os().skip(2));
    let Options { rate, chunk, .. } = options;
    ensure!(rate > 0, "--rate must be at least 1");
    ensure!(chunk > 0, "--chunk must be at least 1");
    let stop = stop_flag().context("asking for SIGINT and SIGTERM")?;
    // Not `io::stdout()`: it would cut a chunk after each byte that happens
    // to be a newline.
    let stdout = io::stdout().as_fd().try_clone_to_owned();
    let mut stdout = File::from(stdout.context("opening stdout")?);
    let mut bytes = bytes(&options);
    let start = Instant::now();
    let mut written = 0_usize;
    while !stop.load(Ordering::Relaxed) {
        let chunk: Vec<u8> = bytes.by_ref().take(chunk).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        written += chunk.len();
        if !options.fast {
            // Due by the clock since the start: a late chunk makes no later one late.
            let due =
                Duration::from_secs_f64(written as f64 / 2.0 / f64::from(rate));
            thread::sleep(due.saturating_sub(start.elapsed()));
        }
        match stdout.write_all(&chunk) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                return Ok(());
            }
            result => result.context("writing samples to stdout")?,
        }
    }
    process::exit(STOPPED)
}

/// Becomes true with the first SIGINT or SIGTERM.
fn stop_flag() -> io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

/// The whole tone, byte by byte.
fn bytes(options: &Options) -> impl Iterator<Item = u8> {
    let rate = f64::from(options.rate);
    let frequency = options.frequency;
    let samples = match options.seconds {
        // A negative number of seconds is no samples: `as` stops at 0.
        Some(seconds) => (seconds * rate).round() as u64,
        None => u64::MAX,
    };
    (0..samples).flat_map(move |n| {
        let turns = (n as f64 * frequency / rate).fract();
        let sample = (PEAK * (TAU * turns).sin()).round() as i16;
        sample.to_le_bytes()
    })
}

/// `chapter6 child unsaved ENDING SAMPLES`: writes so many samples into
/// `unsaved.wav` with hound, and then ends in the way that it was told to.
///
/// # Errors
/// An ending or a number that makes no sense; a file that cannot be written.
pub fn unsaved() -> anyhow::Result<()> {
    let arguments: Vec<String> = env::args().skip(3).collect();
    let [ending, samples] = &arguments[..] else {
        bail!("usage: chapter6 child unsaved ENDING SAMPLES");
    };
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wav = hound::WavWriter::create("unsaved.wav", spec)?;
    for _ in 0..samples.parse().context("SAMPLES is a number")? {
        wav.write_sample(1_i16)?;
    }
    // ANCHOR: six_endings
    // &**ending is the text in the String, as a &str.
    match &**ending {
        "finalize" => wav.finalize()?,
        "drop" => drop(wav),
        "panic" => panic!("as it was told to"),
        "exit" => process::exit(0),
        "abort" => process::abort(),
        // Takes the writer, and does not drop it.
        "forget" => std::mem::forget(wav),
        other => bail!("no ending is called {other}"),
    }
    // ANCHOR_END: six_endings
    Ok(())
}
