//! Whether samples are the tone, all of it, and nothing else.

use anyhow::{Context, ensure};
use std::path::Path;

/// The samples of a mono 16-bit WAV, having checked that its header, its
/// length and its samples agree: that it is whole.
///
/// # Errors
/// It is not.
pub fn whole_wav(file: &Path) -> anyhow::Result<Vec<i16>> {
    let samples = playable_wav(file)?;
    let length = file.metadata()?.len();
    let expected = 44 + 2 * samples.len() as u64;
    ensure!(
        length == expected,
        "{} has {length} bytes, its header speaks of {expected}",
        file.display()
    );
    Ok(samples)
}

/// The samples that a player would find in a mono 16-bit WAV, whatever the
/// file has after them.
///
/// # Errors
/// It cannot be played.
pub fn playable_wav(file: &Path) -> anyhow::Result<Vec<i16>> {
    let reader = hound::WavReader::open(file);
    let reader = reader.with_context(|| format!("reading {}", file.display()))?;
    let spec = reader.spec();
    ensure!(
        (spec.channels, spec.bits_per_sample) == (1, 16),
        "{}: {spec:?}",
        file.display()
    );
    Ok(reader.into_samples().collect::<Result<_, _>>()?)
}

/// Checks that the samples are a tone of 440 Hz, by its zero crossings, after
/// a silence at the beginning.
///
/// # Errors
/// It is more than 2 Hz away, or too short to say.
pub fn is_440_hz(samples: &[i16], rate: u32) -> anyhow::Result<()> {
    let begin = samples
        .iter()
        .position(|sample| sample.unsigned_abs() > 200);
    let tone = &samples[begin.context("nothing but silence")?..];
    ensure!(
        tone.len() >= rate as usize / 2,
        "{} samples are too few to hear a pitch",
        tone.len()
    );
    let crossings = tone.windows(2).filter(|two| (two[0] < 0) != (two[1] < 0));
    let seconds = tone.len() as f64 / f64::from(rate);
    let frequency = crossings.count() as f64 / 2.0 / seconds;
    ensure!(
        (frequency - 440.0).abs() <= 2.0,
        "{frequency:.2} Hz instead of 440"
    );
    Ok(())
}

/// Checks that a sine has no gap: each sample follows from the two before it,
/// x(n+1) = 2 cos(w) x(n) - x(n-1). One lost sample breaks that by hundreds.
///
/// # Errors
/// It has one; the message says where.
pub fn has_no_gap(samples: &[i16], rate: u32) -> anyhow::Result<()> {
    let turn = 2.0 * (std::f64::consts::TAU * 440.0 / f64::from(rate)).cos();
    let begin = samples
        .iter()
        .position(|sample| sample.unsigned_abs() > 200);
    let begin = begin.context("nothing but silence")? + 1;
    for (at, three) in samples.windows(3).enumerate().skip(begin) {
        let [before, here, after] = [three[0], three[1], three[2]].map(f64::from);
        let off = (turn * here - before - after).abs();
        ensure!(off < 20.0, "the tone breaks at sample {at}, by {off:.0}");
    }
    Ok(())
}

/// Checks that the samples are the tone without a gap, if they last a second:
/// a recording that ended early may be too short to say.
///
/// # Errors
/// They are not.
pub fn is_the_tone(samples: &[i16], rate: u32) -> anyhow::Result<()> {
    if samples.len() < rate as usize {
        return Ok(());
    }
    is_440_hz(samples, rate)?;
    has_no_gap(samples, rate)
}
