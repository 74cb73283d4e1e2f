//! The recording itself: from the queue into the WAV, until something ends it.

use super::capture::{Capture, GRACE, Next, PATIENCE, TICK};
use super::stop::{Asked, Stop};
use super::wav::{Sound, Wav};
use std::io::{Seek, Write};
use std::time::Duration;

/// Why a recording is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It has as many samples as it should.
    Enough,
    /// Somebody asked for it.
    Asked(Asked),
    /// The source ended by itself.
    SourceEnded,
    /// The source said nothing for so long that it never will: ffmpeg waits
    /// for ever if the sound server dies at the wrong moment.
    SourceSilent,
}

/// Writes samples until there are `most`, somebody asks to stop, or the source
/// ends or falls silent. To stop is to signal the source, and then to take what it still
/// has: what it wrote before it heard the signal is part of the recording.
/// `show` is told after each chunk what there is so far, and the chunk.
///
/// # Errors
/// The WAV could not be written. It holds what came before.
pub fn record<W: Write + Seek>(
    capture: &mut Capture,
    wav: &mut Wav<W>,
    most: u64,
    stop: &Stop,
    mut show: impl FnMut(Sound, &[i16]),
) -> anyhow::Result<End> {
    let mut end = None;
    // Counted in ticks, not read from a clock: while we were stopped or wrote
    // to a slow disk, the source was not silent.
    let mut silence = Duration::ZERO;
    loop {
        match capture.next(TICK) {
            Next::Samples(chunk) => {
                silence = Duration::ZERO;
                let room = most - wav.sound().samples;
                let fitting = chunk
                    .len()
                    .min(usize::try_from(room).unwrap_or(usize::MAX));
                if fitting > 0 {
                    wav.write(&chunk[..fitting])?;
                    show(wav.sound(), &chunk[..fitting]);
                }
            }
            Next::Quiet => {
                silence += TICK;
                wav.renew_header()?;
                if end.is_some() && silence >= GRACE {
                    capture.kill();
                }
                if end.is_none() && silence >= PATIENCE {
                    end = Some(End::SourceSilent);
                    capture.kill();
                }
            }
            Next::Over => return Ok(end.unwrap_or(End::SourceEnded)),
        }
        if end.is_none() {
            end = reason(wav.sound().samples, most, stop);
            if end.is_some() {
                capture.interrupt();
                silence = Duration::ZERO;
            }
        }
    }
}

fn reason(samples: u64, most: u64, stop: &Stop) -> Option<End> {
    if samples >= most {
        return Some(End::Enough);
    }
    stop.asked().map(End::Asked)
}
