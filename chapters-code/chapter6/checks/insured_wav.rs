use super::record;
use anyhow::{Context, bail, ensure};
use hound::WavReader;
use std::io;
use std::path::Path;
use trial::{same, trial};

const PAGE: &str = "chapter6-microphone/samples-into-wav.md";

/// The samples of a file, as a player would read them.
fn played(file: &Path) -> anyhow::Result<Vec<i16>> {
    let mut wav =
        WavReader::open(file).context("hound cannot open the file")?;
    let samples: hound::Result<_> = wav.samples().collect();
    samples.context("the file says more than it has")
}

fn ramp(length: i16) -> Vec<i16> {
    (0..length).collect()
}

#[test]
fn a_recording_that_ends_is_whole() {
    trial("1,000 samples in the file, and their number", || {
        let file = Path::new("voice.wav");
        let written = record(ramp(1000).into_iter().map(Ok), file)?;
        same("the number that is returned", &written, &1000)?;
        same("the samples in the file", &played(file)?, &ramp(1000))
    })
    .read(PAGE)
    .passes();
}

#[test]
fn what_came_before_an_error_is_in_the_file() {
    trial("the error, and all samples before it in the file", || {
        let file = Path::new("voice.wav");
        let gone = io::Error::other("the microphone is gone");
        let samples = ramp(10_000).into_iter().map(Ok).chain([Err(gone)]);
        let Err(error) = record(samples, file) else {
            bail!("`record` returned Ok, and the error is lost");
        };
        ensure!(
            format!("{error:#}").contains("the microphone is gone"),
            "`record` returned another error: {error:#}"
        );
        let found = played(file)?;
        same("the number of samples in the file", &found.len(), &10_000)?;
        same("the samples in the file", &found, &ramp(10_000))
    })
    .read(PAGE)
    .passes();
}

#[test]
fn at_any_moment_at_most_a_second_is_missing() {
    trial("at any moment a file that lacks at most a second", || {
        let file = Path::new("voice.wav");
        let mut fault = None;
        // Each sample is asked for when those before it have been dealt with.
        let samples = (0_u32..50_000).map_while(|before| {
            // What is due is a second back; a few samples do not matter.
            let due = before.saturating_sub(16_100) as usize;
            if before % 1000 == 0 && due > 0 && fault.is_none() {
                fault = match played(file) {
                    Ok(found) if found.len() >= due => None,
                    Ok(found) => Some(format!("{} samples", found.len())),
                    Err(error) => Some(format!("an error: {error:#}")),
                }
                .map(|found| (before, found));
            }
            fault.is_none().then_some(Ok(1))
        });
        record(samples, file)?;
        if let Some((before, found)) = fault {
            bail!("after {before} samples, a player finds {found}");
        }
        Ok(())
    })
    .read(PAGE)
    .passes();
}
