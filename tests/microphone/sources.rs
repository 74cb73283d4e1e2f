//! Sources that do not do as they should.

use crate::tone::{RATE, test};
use anyhow::ensure;
use duct::cmd;
use libtest_mimic::Trial;
use rustix::process::Signal;
use std::fs;
use tests::book;
use tests::recorder::{Recorder, Recording, named_pipe};
use tests::tone::{has_no_gap, whole_wav};

pub fn tests() -> Vec<Trial> {
    vec![
        test(
            "a silent source can be stopped",
            &[],
            a_silent_source_stopped,
        ),
        test(
            "a silent source spares the file that it would replace",
            &[],
            a_silent_source_spares,
        ),
        test(
            "a silent source dies with the recorder",
            &[],
            a_silent_source_dies,
        ),
        test("a source that ignores SIGINT is killed", &[], a_deaf_source),
        test(
            "a source that falls silent is given up",
            &[],
            a_source_that_falls_silent,
        ),
        test(
            "a source that ends well ends the recording well",
            &[],
            a_source_that_ends,
        ),
        test(
            "a source that ends too early is an error",
            &[],
            a_source_that_ends_early,
        ),
        test(
            "a source cut in half samples is put together",
            &[],
            odd_pieces,
        ),
        test(
            "the chapter's tone is ffmpeg's, to a unit",
            &["ffmpeg"],
            the_same_tone,
        ),
    ]
}

/// A recording whose ffmpeg was started, and says nothing.
fn silent(arguments: &[&str], existing: Option<&str>) -> anyhow::Result<Recording> {
    let arguments = ["--source", "tone"].iter().chain(arguments);
    let recorder = Recorder::new(arguments)?;
    if let Some(content) = existing {
        fs::write(recorder.file("voice.wav"), content)?;
    }
    let started = recorder.file("started");
    named_pipe(&started)?;
    let script = "echo started >started; exec sleep 1000";
    let recording = recorder.with_ffmpeg(script)?.start()?;
    fs::read(started)?;
    Ok(recording)
}

fn a_silent_source_stopped() -> anyhow::Result<()> {
    let recording = silent(&[], None)?;
    recording.signal(Signal::INT)?;
    let ended = recording.end()?;
    ended.expect(0, "")?;
    ended.reports("samples", "0 at")?;
    ensure!(whole_wav(&ended.wav())?.is_empty());
    Ok(())
}

fn a_silent_source_spares() -> anyhow::Result<()> {
    let recording = silent(&["--force"], Some("precious"))?;
    recording.signal(Signal::INT)?;
    let ended = recording.end()?;
    ended.expect(1, "stopped before the first sample: voice.wav is as it was")?;
    ensure!(fs::read(ended.wav())? == b"precious");
    Ok(())
}

fn a_silent_source_dies() -> anyhow::Result<()> {
    if !cfg!(target_os = "linux") {
        // Elsewhere it stays until it writes: the parent-death signal is Linux's.
        return Ok(());
    }
    let recording = silent(&[], None)?;
    let source = recording.source()?;
    recording.signal(Signal::KILL)?;
    drop(recording.end()?);
    source.ends()
}

fn a_deaf_source() -> anyhow::Result<()> {
    let script = "trap '' INT; head -c 32000 /dev/zero; while :; do sleep 1000; done";
    let recorder = Recorder::new(["--source", "tone"])?.with_ffmpeg(script)?;
    let mut recording = recorder.start()?;
    recording.says("0:01")?;
    recording.signal(Signal::INT)?;
    let ended = recording.end()?;
    ended.expect(0, "stopped by Ctrl-C")?;
    ensure!(whole_wav(&ended.wav())?.len() == RATE as usize);
    Ok(())
}

fn a_source_that_falls_silent() -> anyhow::Result<()> {
    let script = "head -c 32000 /dev/zero; exec sleep 1000";
    let recorder = Recorder::new(["--source", "tone"])?;
    let ended = recorder.with_ffmpeg(script)?.run()?;
    ended.expect(1, "the 440 Hz tone (by ffmpeg) fell silent for 10 seconds")?;
    ensure!(whole_wav(&ended.wav())?.len() == RATE as usize);
    Ok(())
}

fn a_source_that_ends() -> anyhow::Result<()> {
    let recorder = Recorder::new(["--source", "tone"])?;
    let ended = recorder.with_ffmpeg("exec head -c 4001 /dev/zero")?.run()?;
    ended.expect(0, "ended")?;
    ensure!(whole_wav(&ended.wav())?.len() == 2000);
    Ok(())
}

fn a_source_that_ends_early() -> anyhow::Result<()> {
    let recorder = Recorder::new(["--source", "tone", "--seconds", "1"])?;
    let ended = recorder.with_ffmpeg("exec head -c 4000 /dev/zero")?.run()?;
    ended.expect(1, "ended by itself (exit status: 0; it said nothing)")?;
    ensure!(whole_wav(&ended.wav())?.len() == 2000);
    Ok(())
}

fn odd_pieces() -> anyhow::Result<()> {
    let chapter6 = book::chapters().binary("chapter6")?;
    let script = format!(
        "exec '{}' child tone --chunk 3333 --seconds 2",
        chapter6.display()
    );
    let recorder = Recorder::new(["--source", "tone", "--seconds", "2"])?;
    let ended = recorder.with_ffmpeg(&script)?.run()?;
    ended.expect(0, "")?;
    let samples = whole_wav(&ended.wav())?;
    ensure!(samples.len() == 32_000, "{} samples", samples.len());
    has_no_gap(&samples, RATE)
}

fn the_same_tone() -> anyhow::Result<()> {
    let sine = "sine=frequency=440:sample_rate=16000:duration=2";
    let arguments = [
        "-nostdin",
        "-loglevel",
        "error",
        "-f",
        "lavfi",
        "-i",
        sine,
        "-f",
        "s16le",
    ];
    let theirs = cmd("ffmpeg", arguments.iter().chain(&["-"]))
        .stdout_capture()
        .run()?;
    let ours = cmd!(
        book::chapters().binary("chapter6")?,
        "child",
        "tone",
        "--fast",
        "--seconds",
        "2"
    );
    let ours = ours.stdout_capture().run()?;
    let samples = |bytes: &[u8]| -> Vec<i16> {
        let pairs = bytes.chunks_exact(2);
        pairs
            .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
            .collect()
    };
    let (ours, theirs) = (samples(&ours.stdout), samples(&theirs.stdout));
    ensure!(
        ours.len() == theirs.len(),
        "{} and {}",
        ours.len(),
        theirs.len()
    );
    let off = ours
        .iter()
        .zip(&theirs)
        .map(|(our, their)| our.abs_diff(*their));
    ensure!(off.max() <= Some(1), "they differ by more than a unit");
    Ok(())
}
