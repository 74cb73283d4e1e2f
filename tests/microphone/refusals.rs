//! What the recorder refuses, and what it says then.

use crate::tone::{RATE, Tone, test};
use anyhow::ensure;
use libtest_mimic::Trial;
use std::fs;
use std::os::unix::fs::symlink;
use tests::recorder::{Recorder, named_pipe};
use tests::tone::{is_440_hz, whole_wav};

pub fn tests() -> Vec<Trial> {
    let refused = |name: &str, arguments: &'static [&str], code, words: &'static str| {
        test(format!("refused: {name}"), &[], move || {
            let ended = Recorder::new(arguments)?.without_ffmpeg().run()?;
            ended.expect(code, words)?;
            ended.left_nothing()
        })
    };
    let most = "it holds 134217 seconds";
    vec![
        refused("no seconds", &["--seconds", "0"], 2, "more than 0 seconds"),
        refused(
            "negative seconds",
            &["--seconds", "-1"],
            2,
            "more than 0 seconds",
        ),
        refused(
            "seconds that are no number",
            &["--seconds", "NaN"],
            2,
            "more than 0 seconds",
        ),
        refused(
            "seconds without end",
            &["--seconds", "inf"],
            2,
            "more than 0 seconds",
        ),
        refused(
            "less than a sample",
            &["--seconds", "1e-9"],
            1,
            "less than one sample",
        ),
        refused("more than a WAV can hold", &["--seconds", "1e9"], 1, most),
        refused("no rate", &["--rate", "0"], 2, "from 1 to 1073741823"),
        refused(
            "a negative rate",
            &["--rate", "-8000"],
            2,
            "from 1 to 1073741823",
        ),
        refused(
            "a rate above a WAV's",
            &["--rate", "3000000000"],
            2,
            "from 1 to 1073741823",
        ),
        refused(
            "half a rate",
            &["--rate", "8000.5"],
            2,
            "from 1 to 1073741823",
        ),
        refused(
            "a microphone without ffmpeg",
            &["--source", "mic"],
            1,
            "sudo apt install ffmpeg",
        ),
        refused(
            "a device for a tone",
            &["--source", "tone", "--device", "usb"],
            1,
            "--device names a microphone",
        ),
        test("refused: no output", &[], || {
            Recorder::bare()?.run()?.expect(2, "--output <FILE>")
        }),
        test("refused: devices without ffmpeg", &[], || {
            let recorder = Recorder::bare()?.with(|command| _ = command.arg("--list-devices"));
            recorder
                .without_ffmpeg()
                .run()?
                .expect(1, "sudo apt install ffmpeg")
        }),
        test(
            "refused: outputs that cannot be files",
            &[],
            outputs_that_cannot_be_files,
        ),
        test(
            "refused: an output that exists, without --force",
            &[],
            an_output_that_exists,
        ),
        test(
            "an output that exists is replaced with --force",
            &[],
            an_output_replaced,
        ),
        test(
            "an output that exists outlives a source that fails",
            &[],
            a_failure_with_force,
        ),
        test(
            "without ffmpeg auto takes the tone and says so",
            &[],
            auto_without_ffmpeg,
        ),
    ]
}

fn outputs_that_cannot_be_files() -> anyhow::Result<()> {
    let cases = [
        ("missing/voice.wav", "cannot write to missing/voice.wav"),
        (".", ". is a folder"),
        ("pipe", "pipe is a pipe"),
        ("-", "- stands for stdout"),
        ("link", "link is a link to nothing/here, which is not there"),
        (
            "/dev/full",
            "cannot record into /dev/full: writing the WAV's header: No space left",
        ),
    ];
    for (output, words) in cases {
        let recorder = Recorder::bare()?.without_ffmpeg();
        named_pipe(&recorder.file("pipe"))?;
        symlink("nothing/here", recorder.file("link"))?;
        let recorder = recorder.with(|command| {
            command.args(["--source", "tone", "--output", output]);
        });
        let ended = recorder.run()?;
        ended.expect(1, words)?;
        ended.left_nothing()?;
    }
    Ok(())
}

fn an_output_that_exists() -> anyhow::Result<()> {
    let recorder = Tone::Own.recorder(&["--seconds", "1"])?;
    fs::write(recorder.file("voice.wav"), "precious")?;
    let ended = recorder.run()?;
    ended.expect(1, "voice.wav exists already")?;
    ended.expect(1, "--force")?;
    ensure!(!ended.stderr.contains("recording"), "it started a source");
    ensure!(fs::read(ended.wav())? == b"precious");
    Ok(())
}

fn an_output_replaced() -> anyhow::Result<()> {
    let recorder = Tone::Own.recorder(&["--seconds", "1", "--force"])?;
    fs::write(recorder.file("voice.wav"), vec![b'x'; 100_000])?;
    let ended = recorder.run()?;
    ended.expect(0, "")?;
    ensure!(whole_wav(&ended.wav())?.len() == RATE as usize);
    Ok(())
}

fn a_failure_with_force() -> anyhow::Result<()> {
    let recorder = Recorder::new(["--source", "mic", "--force"])?;
    fs::write(recorder.file("voice.wav"), "precious")?;
    let recorder = recorder.with_ffmpeg("echo the cat ate the cable >&2; exit 1")?;
    let ended = recorder.run()?;
    ended.expect(1, "the cat ate the cable")?;
    ensure!(fs::read(ended.wav())? == b"precious");
    Ok(())
}

fn auto_without_ffmpeg() -> anyhow::Result<()> {
    let ended = Recorder::new(["--seconds", "1"])?.without_ffmpeg().run()?;
    let line = "recording the 440 Hz tone (by this program); no ffmpeg on the PATH\n";
    ended.expect(0, line)?;
    is_440_hz(&whole_wav(&ended.wav())?, RATE)
}
