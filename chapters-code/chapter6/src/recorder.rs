//! The recorder, which a reader keeps:
//! `cargo run -p chapter6 -- record --seconds 5 --output voice.wav`.
//!
//! A source (ffmpeg at a microphone, or a tone) is a child that writes samples
//! into a pipe. A thread reads them into a bounded queue; this one takes them
//! out and writes them into a WAV, until something ends it.

pub mod capture;
mod choice;
mod devices;
mod meter;
mod options;
mod output;
pub mod queue;
pub mod recording;
mod report;
pub mod samples;
pub mod source;
pub mod stop;
pub mod wav;

use anyhow::{Context, bail};
use capture::Ending;
use choice::Choice;
use clap::Parser;
use listing::Unwritten;
use meter::Meter;
use options::{Options, Wanted};
use output::Output;
use queue::WhenFull;
use recording::End;
use report::say;
use source::Source;
use std::ffi::OsString;
use std::process::ExitCode;
use stop::Stop;

/// The chapter's program `record`, with the arguments after that word. Exit
/// status 0 is a whole recording, 1 a failure, 2 a request that makes no sense.
pub fn main(arguments: Vec<OsString>) -> ExitCode {
    let words = [OsString::from("record")].into_iter().chain(arguments);
    let options = match Options::try_parse_from(words) {
        Ok(options) => options,
        Err(error) => {
            if let Err(unwritten) = error.print()
                && !error.use_stderr()
            {
                return Unwritten::of(&unwritten).exit_code();
            }
            return u8::try_from(error.exit_code())
                .map_or(ExitCode::FAILURE, ExitCode::from);
        }
    };
    match obey(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn obey(options: &Options) -> anyhow::Result<()> {
    if options.list_devices {
        return devices::list();
    }
    let path = options.output.as_deref().context("no --output given")?;
    let most = options.samples()?;
    if options.device.is_some() && options.source == Wanted::Tone {
        bail!(
            "--device names a microphone, and --source tone has none: leave one of them out"
        );
    }
    let stop = Stop::listen()?;
    let mut output = Output::claim(path, options.force)?;
    let candidates =
        Source::candidates(options.source, options.device.as_deref());
    let when_full = match options.lossy {
        true => WhenFull::Drop,
        false => WhenFull::Wait,
    };
    match choice::first_that_works(candidates, options.rate, when_full, &stop)?
    {
        Some(choice) => {
            say(&choice.line());
            record(options, choice, most, output, &stop)
        }
        None => nothing_came(options.rate, &mut output, &stop),
    }
}

/// Somebody asked us to stop before the first sample: a whole WAV of nothing,
/// but not in the place of a file that holds something.
fn nothing_came(
    rate: u32,
    output: &mut Output,
    stop: &Stop,
) -> anyhow::Result<()> {
    if output.replaces_a_file() {
        bail!(
            "stopped before the first sample: {} is as it was",
            output.name()
        );
    }
    if let Some(asked) = stop.asked() {
        say(&format!("stopped by {asked} before the first sample"));
    }
    let sound = output.begin(rate)?.finish()?;
    report::print(output.path(), sound, 0)
}

fn record(
    options: &Options,
    choice: Choice,
    most: u64,
    mut output: Output,
    stop: &Stop,
) -> anyhow::Result<()> {
    let (source, mut capture) = (choice.source, choice.capture);
    let mut wav = (output.begin(options.rate))
        .with_context(|| format!("cannot record into {}", output.name()))?;
    let mut meter = Meter::new(options.seconds);
    let show = |sound, newest: &[i16]| meter.show(sound, newest);
    let end = recording::record(&mut capture, &mut wav, most, stop, show);
    meter.close();
    let dropped = capture.dropped();
    let sound = wav.sound();
    match end {
        Ok(end) => {
            (wav.finish())
                .with_context(|| format!("finishing {}", output.name()))?;
            let ending = capture.end()?;
            report::print(output.path(), sound, dropped)?;
            verdict(options, &source, end, &ending)
                .with_context(|| format!("{} keeps what came", output.name()))
        }
        Err(error) => {
            drop(wav);
            output.trim(sound.samples);
            report::print(output.path(), sound, dropped)?;
            Err(error.context(format!(
                "{} could take no more than {} samples, which are kept; make \
                 room, or choose an --output on another disk",
                output.name(),
                sound.samples
            )))
        }
    }
}

/// Whether the recording is what was asked for.
///
/// # Errors
/// The source fell silent, or ended by itself and failed or came too short. (A
/// microphone and a tone go on for ever, so they should not end at all.)
fn verdict(
    options: &Options,
    source: &Source,
    end: End,
    ending: &Ending,
) -> anyhow::Result<()> {
    let endless = options.seconds.is_none();
    match end {
        End::Asked(asked) => say(&format!("stopped by {asked}")),
        End::Enough if endless => say("stopped: a WAV ends at 4 GiB"),
        End::Enough => {}
        End::SourceEnded if endless && ending.is_well() => {
            say(&format!("the {source} ended"));
        }
        End::SourceEnded => bail!("the {source} ended by itself ({ending})"),
        End::SourceSilent => {
            let seconds = capture::PATIENCE.as_secs();
            bail!("the {source} fell silent for {seconds} seconds");
        }
    }
    Ok(())
}
