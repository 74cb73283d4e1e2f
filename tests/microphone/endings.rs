//! However a recording ends, the WAV is whole.

use crate::tone::{RATE, Tone, test};
use anyhow::ensure;
use libtest_mimic::Trial;
use rustix::process::Signal;
use std::fs;
use tests::tone::{has_no_gap, is_440_hz, is_the_tone, playable_wav, whole_wav};

pub fn tests(tone: Tone) -> Vec<Trial> {
    let (whose, needs): (_, &[_]) = match tone {
        Tone::Ffmpeg => ("ffmpeg's tone", &["ffmpeg"]),
        Tone::Own => ("the chapter's tone", &[]),
    };
    let test = |name: &str, run: fn(Tone) -> anyhow::Result<()>| {
        test(format!("{whose} {name}"), needs, move || run(tone))
    };
    vec![
        test("has every sample that was asked for", every_sample),
        test("has the rate that was asked for", any_rate),
        test("is whole after SIGINT", |tone| signalled(tone, Signal::INT)),
        test("is whole after SIGTERM", |tone| {
            signalled(tone, Signal::TERM)
        }),
        test("is whole after SIGHUP", |tone| signalled(tone, Signal::HUP)),
        test("is playable after SIGKILL, and its source gone", killed),
        test("is kept when its source is killed", source_killed),
        test("goes on when nobody listens to stderr", nobody_listens),
        test("takes less than 8 MiB of memory", little_memory),
    ]
}

fn every_sample(tone: Tone) -> anyhow::Result<()> {
    let ended = tone.recorder(&["--seconds", "2.5"])?.run()?;
    ended.expect(0, "0:02")?;
    ended.reports("file", "voice.wav")?;
    ended.reports("duration", "2.500 s")?;
    ended.reports("samples", "40000 at 16000 Hz")?;
    ended.reports("peak", "4095 of 32768")?;
    ended.reports("dropped", "0 samples")?;
    let samples = whole_wav(&ended.wav())?;
    ensure!(samples.len() == 40_000, "{} samples", samples.len());
    is_440_hz(&samples, RATE)?;
    has_no_gap(&samples, RATE)
}

fn any_rate(tone: Tone) -> anyhow::Result<()> {
    let ended = tone
        .recorder(&["--seconds", "1", "--rate", "44100"])?
        .run()?;
    ended.expect(0, "")?;
    ended.reports("samples", "44100 at 44100 Hz")?;
    is_440_hz(&whole_wav(&ended.wav())?, 44_100)
}

/// A signal as the recording begins, and one in the middle.
fn signalled(tone: Tone, signal: Signal) -> anyhow::Result<()> {
    for (moment, least) in [("recording the", 0), ("0:01", RATE as usize)] {
        let mut recording = tone.recorder(&[])?.start()?;
        recording.says(moment)?;
        recording.signal(signal)?;
        let ended = recording.end()?;
        ended.expect(0, "stopped by ")?;
        let samples = whole_wav(&ended.wav())?;
        ended.reports("samples", &format!("{} at", samples.len()))?;
        ended.reports("dropped", "0 samples")?;
        ensure!(samples.len() >= least, "{} samples", samples.len());
        if least > 0 {
            is_440_hz(&samples, RATE)?;
            has_no_gap(&samples, RATE)?;
        }
    }
    Ok(())
}

fn killed(tone: Tone) -> anyhow::Result<()> {
    for moment in ["recording the", "0:01", "0:02", "0:03"] {
        let mut recording = tone.recorder(&[])?.start()?;
        recording.says(moment)?;
        let source = recording.source()?;
        recording.signal(Signal::KILL)?;
        let wav = recording.file("voice.wav");
        let folder = recording.end()?;
        source.ends()?;
        // The line that names the source comes just before the file begins.
        if moment == "recording the" && fs::metadata(&wav)?.len() < 44 {
            continue;
        }
        let samples = playable_wav(&wav)?;
        let written = (fs::metadata(&wav)?.len() - 44) / 2;
        let lost = written - samples.len() as u64;
        ensure!(
            lost <= RATE.into(),
            "{lost} of {written} samples cannot be played"
        );
        is_the_tone(&samples, RATE)?;
        drop(folder);
    }
    Ok(())
}

fn source_killed(tone: Tone) -> anyhow::Result<()> {
    let mut recording = tone.recorder(&["--seconds", "60"])?.start()?;
    recording.says("0:01")?;
    recording.source()?.kill()?;
    let ended = recording.end()?;
    ended.expect(1, "voice.wav keeps what came: the 440 Hz tone")?;
    ended.expect(1, "ended by itself (signal: 9 (SIGKILL)")?;
    let samples = whole_wav(&ended.wav())?;
    ensure!(samples.len() >= RATE as usize, "{} samples", samples.len());
    is_the_tone(&samples, RATE)
}

fn nobody_listens(tone: Tone) -> anyhow::Result<()> {
    let recorder = tone.recorder(&["--seconds", "2"])?;
    let script = "{ \"$@\"; echo $? >status; } 2>&1 | true";
    let ended = recorder.behind(&["/bin/sh", "-c", script, "sh"]).run()?;
    let status = fs::read_to_string(ended.file("status"))?;
    ensure!(status == "0\n", "it exited with {status}");
    ensure!(whole_wav(&ended.wav())?.len() == 32_000);
    Ok(())
}

fn little_memory(tone: Tone) -> anyhow::Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let mut recording = tone.recorder(&[])?.start()?;
    recording.says("0:01")?;
    let peak = recording.peak_memory()?;
    ensure!(peak < 8 * 1024, "{peak} KiB");
    Ok(())
}
