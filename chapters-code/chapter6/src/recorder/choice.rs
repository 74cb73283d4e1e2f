//! Which source to record: the first that works.

use super::capture::{Capture, Ending, GRACE, PATIENCE, TICK};
use super::queue::WhenFull;
use super::source::{Source, System};
use super::stop::Stop;
use anyhow::{Context, anyhow};
use std::fmt::Write;
use std::io;
use std::time::Duration;

/// The first source that works, running, with its first samples waiting.
pub struct Choice {
    pub source: Source,
    pub capture: Capture,
    /// Why not those before it.
    passed_over: Vec<(Source, Refusal)>,
}

/// Why a source was not taken.
enum Refusal {
    /// The program that it needs is not there.
    NoFfmpeg,
    Words(String),
}

/// Starts the candidates one after the other until one works. None if we were
/// asked to stop before that.
///
/// # Errors
/// None of them works; the message says why not, for each, and what to do.
pub fn first_that_works(
    candidates: Vec<Source>,
    rate: u32,
    when_full: WhenFull,
    stop: &Stop,
) -> anyhow::Result<Option<Choice>> {
    let mut passed_over = Vec::new();
    for source in candidates {
        let command = source.command(rate)?;
        let refusal = match Capture::start(&command, when_full) {
            Ok(mut capture) => match first_samples(&mut capture, stop) {
                First::Came => {
                    return Ok(Some(Choice {
                        source,
                        capture,
                        passed_over,
                    }));
                }
                First::Ended => Refusal::Words(reason(capture.end()?)),
                First::Late => {
                    let seconds = PATIENCE.as_secs();
                    Refusal::Words(format!(
                        "not one sample in {seconds} seconds"
                    ))
                }
                First::Stopped => return Ok(None),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Refusal::NoFfmpeg
            }
            Err(error) => {
                return Err(error)
                    .with_context(|| format!("cannot start the {source}"));
            }
        };
        passed_over.push((source, refusal));
    }
    Err(none_works(rate, &passed_over))
}

/// What became of the first samples of a source.
enum First {
    Came,
    /// The source ended without one.
    Ended,
    /// The source is there, and silent.
    Late,
    /// We were asked to stop before one came.
    Stopped,
}

fn first_samples(capture: &mut Capture, stop: &Stop) -> First {
    let mut silence = Duration::ZERO;
    loop {
        match capture.begins(TICK) {
            Some(true) => return First::Came,
            Some(false) => return First::Ended,
            None if stop.asked().is_some() => break,
            None if silence >= PATIENCE => return First::Late,
            None => silence += TICK,
        }
    }
    capture.interrupt();
    match capture.begins(GRACE) {
        Some(true) => First::Came,
        _ => First::Stopped,
    }
}

fn reason(ending: Ending) -> String {
    if ending.words.is_empty() {
        format!("ended without a sample ({})", ending.status)
    } else {
        ending.words
    }
}

impl Choice {
    /// One line: what was taken, and why not what came before it.
    pub fn line(&self) -> String {
        let mut line = format!("recording the {}", self.source);
        if !self.passed_over.is_empty() {
            let _ = write!(line, "; {}", refusals(&self.passed_over));
        }
        line
    }
}

/// Why the sources were not taken, each named once.
fn refusals(passed_over: &[(Source, Refusal)]) -> String {
    let words =
        passed_over
            .iter()
            .filter_map(|(source, refusal)| match refusal {
                Refusal::NoFfmpeg => None,
                Refusal::Words(words) => Some(format!("no {source} ({words})")),
            });
    let mut words: Vec<String> = words.collect();
    if words.len() < passed_over.len() {
        words.insert(0, "no ffmpeg on the PATH".to_owned());
    }
    words.join(", ")
}

fn none_works(rate: u32, passed_over: &[(Source, Refusal)]) -> anyhow::Error {
    let no_ffmpeg =
        |(_, refusal): &(Source, Refusal)| matches!(refusal, Refusal::NoFfmpeg);
    if passed_over.iter().all(no_ffmpeg) {
        return no_ffmpeg_here();
    }
    let permission = match System::here() {
        [System::AvFoundation] => {
            " On macOS, allow your terminal the microphone: System Settings, \
             Privacy & Security, Microphone."
        }
        _ => "",
    };
    anyhow!(
        "nothing to record at {rate} Hz: {}. --list-devices names what ffmpeg can see; \
         --source tone needs no microphone.{permission}",
        refusals(passed_over)
    )
}

/// What to say to somebody who needs ffmpeg and has none.
pub fn no_ffmpeg_here() -> anyhow::Error {
    anyhow!(
        "a microphone needs ffmpeg, which is not on the PATH. Install it (Debian, Ubuntu: \
         sudo apt install ffmpeg; Fedora: sudo dnf install ffmpeg-free; macOS: brew install \
         ffmpeg), or record a tone with --source tone"
    )
}
