//! Enter and Ctrl-C, on a terminal and off it.

use crate::tone::{RATE, Tone, test};
use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::process::Stdio;
use tempfile::TempDir;
use tests::book;
use tests::terminal::{self, on_a_terminal};
use tests::tone::{is_the_tone, whole_wav};

pub fn tests() -> Vec<Trial> {
    let terminal = terminal::needs();
    vec![
        test("a line on a pipe ends the recording", &[], a_line_on_a_pipe),
        test(
            "an empty stdin does not end the recording",
            &[],
            an_empty_stdin,
        ),
        test("a file on stdin is left alone", &[], a_file_on_stdin),
        test("Enter on a terminal ends the recording", terminal, || {
            typed("\r", "Enter")
        }),
        test(
            "an Enter pressed before the start is not meant for it",
            terminal,
            typed_too_early,
        ),
        test("Ctrl-C on a terminal ends the recording", terminal, || {
            typed("\x03", "Ctrl-C")
        }),
    ]
}

fn a_line_on_a_pipe() -> anyhow::Result<()> {
    let recorder = Tone::Own.recorder(&[])?.with(|command| {
        command.stdin(Stdio::piped());
    });
    let mut recording = recorder.start()?;
    recording.says("0:01")?;
    recording.hears("\n")?;
    let ended = recording.end()?;
    ended.expect(0, "stopped by Enter")?;
    is_the_tone(&whole_wav(&ended.wav())?, RATE)
}

fn an_empty_stdin() -> anyhow::Result<()> {
    let (stdin, nobody) = io::pipe()?;
    drop(nobody);
    let recorder = Tone::Own.recorder(&["--seconds", "1"])?;
    let ended = recorder.with(|command| _ = command.stdin(stdin)).run()?;
    ended.expect(0, "")?;
    ensure!(whole_wav(&ended.wav())?.len() == RATE as usize);
    Ok(())
}

fn a_file_on_stdin() -> anyhow::Result<()> {
    let recorder = Tone::Own.recorder(&["--seconds", "1"])?;
    fs::write(recorder.file("lines"), "one\ntwo\n")?;
    let mut lines = File::open(recorder.file("lines"))?;
    let stdin = lines.try_clone()?;
    let ended = recorder.with(|command| _ = command.stdin(stdin)).run()?;
    ended.expect(0, "")?;
    // The recorder's descriptor and ours share one offset: it has read nothing.
    let mut left = String::new();
    lines.read_to_string(&mut left)?;
    ensure!(left == "one\ntwo\n", "{left:?} is left");
    Ok(())
}

fn typed(keys: &str, name: &str) -> anyhow::Result<()> {
    let folder = TempDir::new()?;
    let recorder = book::chapters().binary("chapter6")?;
    let recorder = format!(
        "exec {} record --source tone --seconds 60 --output voice.wav",
        recorder.display()
    );
    let mut script = on_a_terminal(&recorder, folder.path())?;
    let mut screen = script.stdout.take().context("stdout is piped")?;
    let mut seen = Vec::new();
    let mut stdin = script.stdin.take().context("stdin is piped")?;
    let mut typed = None;
    let mut piece = [0; 4096];
    while let Ok(count @ 1..) = screen.read(&mut piece) {
        seen.extend_from_slice(&piece[..count]);
        if typed.is_none() && String::from_utf8_lossy(&seen).contains("0:01 of 1:00 [") {
            typed = Some(stdin.write_all(keys.as_bytes()));
        }
    }
    let status = script.wait()?;
    typed.transpose()?;
    let seen = String::from_utf8_lossy(&seen);
    let end = seen.lines().rev().take(8).collect::<Vec<_>>();
    ensure!(status.success(), "{status}: {end:?}");
    ensure!(seen.contains("-18 dB"), "no level: {end:?}");
    ensure!(seen.contains(&format!("stopped by {name}")), "{end:?}");
    is_the_tone(&whole_wav(&folder.path().join("voice.wav"))?, RATE)
}

/// The shell takes the first of two lines, so the second is there when the
/// recorder starts.
fn typed_too_early() -> anyhow::Result<()> {
    let folder = TempDir::new()?;
    let recorder = book::chapters().binary("chapter6")?;
    let options = "--source tone --seconds 1 --output voice.wav";
    let command = format!("read line; exec {} record {options}", recorder.display());
    let mut script = on_a_terminal(&command, folder.path())?;
    let mut stdin = script.stdin.take().context("stdin is piped")?;
    let typed = stdin.write_all(b"\r\r");
    let screen = script.wait_with_output()?;
    typed?;
    let seen = String::from_utf8_lossy(&screen.stdout);
    ensure!(screen.status.success(), "{}: {seen}", screen.status);
    ensure!(!seen.contains("stopped by"), "{seen}");
    let samples = whole_wav(&folder.path().join("voice.wav"))?.len();
    ensure!(samples == RATE as usize, "{samples} samples");
    Ok(())
}
