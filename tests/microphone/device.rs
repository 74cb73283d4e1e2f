//! A microphone: PulseAudio's.

use crate::tone::{RATE, test};
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use rustix::process::Signal;
use tests::pulse::{MICROPHONE, Pulse};
use tests::recorder::Recorder;
use tests::tone::{has_no_gap, is_440_hz, is_the_tone, whole_wav};

pub fn tests() -> Vec<Trial> {
    let test =
        |name: &str, run: fn() -> anyhow::Result<()>| test(name, &["ffmpeg", "pulseaudio"], run);
    vec![
        test("the microphone has every sample of 440 Hz", the_microphone),
        test(
            "the microphone is whole after SIGINT",
            the_microphone_interrupted,
        ),
        test("auto takes the microphone", auto_takes_the_microphone),
        test(
            "a microphone that is not there is an error in ffmpeg's words",
            no_such_microphone,
        ),
        test(
            "a rate that a microphone cannot have is an error",
            no_such_rate,
        ),
        test("a microphone is listed", a_microphone_is_listed),
        test("a sound server that dies leaves what came", the_server_dies),
    ]
}

fn listening(pulse: &Pulse, arguments: &[&str]) -> anyhow::Result<Recorder> {
    Ok(Recorder::new(arguments)?.with(|command| {
        command.env("PULSE_SERVER", pulse.address());
    }))
}

fn the_microphone() -> anyhow::Result<()> {
    let pulse = Pulse::start()?;
    let ended = listening(&pulse, &["--source", "mic", "--seconds", "3"])?.run()?;
    ended.expect(0, "recording the microphone pulse:default\n")?;
    ended.reports("samples", "48000 at 16000 Hz")?;
    ended.reports("dropped", "0 samples")?;
    let samples = whole_wav(&ended.wav())?;
    ensure!(samples.len() == 48_000, "{} samples", samples.len());
    is_440_hz(&samples, RATE)?;
    has_no_gap(&samples, RATE)
}

fn the_microphone_interrupted() -> anyhow::Result<()> {
    let pulse = Pulse::start()?;
    let mut recording = listening(&pulse, &["--device", MICROPHONE])?.start()?;
    recording.says("0:0")?;
    recording.signal(Signal::INT)?;
    let ended = recording.end()?;
    ended.expect(0, "stopped by Ctrl-C")?;
    let samples = whole_wav(&ended.wav())?;
    ensure!(samples.len() >= RATE as usize, "{} samples", samples.len());
    is_the_tone(&samples, RATE)
}

fn auto_takes_the_microphone() -> anyhow::Result<()> {
    let pulse = Pulse::start()?;
    let ended = listening(&pulse, &["--seconds", "1"])?.run()?;
    ended.expect(0, "recording the microphone pulse:default\n")
}

fn no_such_microphone() -> anyhow::Result<()> {
    let pulse = Pulse::start()?;
    let ended = listening(&pulse, &["--device", "pulse:nobody"])?.run()?;
    ended.expect(1, "no microphone pulse:nobody (nobody: ")?;
    ended.expect(1, "--list-devices")?;
    ended.left_nothing()
}

fn no_such_rate() -> anyhow::Result<()> {
    let pulse = Pulse::start()?;
    let device = format!("pulse:{MICROPHONE}");
    let ended = listening(&pulse, &["--device", &device, "--rate", "1000000"])?.run()?;
    ended.expect(
        1,
        "nothing to record at 1000000 Hz: no microphone pulse:mic440 (mic440: ",
    )?;
    ended.left_nothing()
}

fn a_microphone_is_listed() -> anyhow::Result<()> {
    let pulse = Pulse::start()?;
    let recorder = Recorder::bare()?.with(|command| {
        command
            .arg("--list-devices")
            .env("PULSE_SERVER", pulse.address());
    });
    let ended = recorder.run()?;
    ended.expect(0, "")?;
    let row = (ended.stdout.lines()).find(|row| row.starts_with("pulse:mic440 "));
    let row = row.with_context(|| format!("it is not in {:?}", ended.stdout))?;
    ensure!(row.ends_with("Sine source at 440 Hz"), "{row:?}");
    Ok(())
}

fn the_server_dies() -> anyhow::Result<()> {
    let mut pulse = Pulse::start()?;
    let mut recording = listening(&pulse, &["--source", "mic"])?.start()?;
    recording.says("0:0")?;
    pulse.crash();
    let ended = recording.end()?;
    ended.expect(1, "voice.wav keeps what came: the microphone pulse:default")?;
    // ffmpeg sees that the sound server is gone, and ends; or misses it, and waits.
    let reasons = ["ended by itself", "fell silent for 10 seconds"];
    ensure!(
        reasons.iter().any(|reason| ended.stderr.contains(reason)),
        "{}",
        ended.stderr
    );
    let samples = whole_wav(&ended.wav())?;
    ensure!(samples.len() >= RATE as usize, "{} samples", samples.len());
    is_the_tone(&samples, RATE)
}
