//! `--list-devices`: the microphones that ffmpeg can see.

use super::choice::no_ffmpeg_here;
use super::report;
use super::source::System;
use anyhow::{Context, bail};
use duct::cmd;
use std::io;
use std::process::Output;

/// Prints each device's name, as `--device` takes it, and what it is.
///
/// # Errors
/// No ffmpeg; no device; stdout that cannot be written.
pub fn list() -> anyhow::Result<()> {
    let mut reasons = Vec::new();
    let mut devices = Vec::new();
    for system in System::here() {
        let output = ask(*system)?;
        let mut found = parse(*system, &output);
        let all = found.len();
        found.retain(|(name, _)| is_of_a_card(*system, name));
        if found.is_empty() {
            let words = String::from_utf8_lossy(&output.stderr);
            let words = match all {
                0 => words.trim().lines().last().unwrap_or("none"),
                _ => "no card, only plugins",
            };
            reasons.push(format!("{}: {words}", system.name()));
        }
        devices.extend(found);
    }
    if devices.is_empty() {
        bail!("ffmpeg sees no microphone ({})", reasons.join("; "));
    }
    let width = devices.iter().map(|(name, _)| name.chars().count()).max();
    let width = width.unwrap_or_default();
    let row = |(name, what)| format!("{name:width$}  {what}\n");
    report::put(&devices.into_iter().map(row).collect::<String>())
}

/// Whether a name is that of a device. ALSA lists its plugins too, which convert
/// what another one records; a card's own names say which card it is:
/// `plughw:CARD=PCH,DEV=0`.
fn is_of_a_card(system: System, name: &str) -> bool {
    !matches!(system, System::Alsa) || name.contains(":CARD=")
}

fn ask(system: System) -> anyhow::Result<Output> {
    let question: &[&str] = match system {
        // It has no list for `-sources`; it prints one, then fails on the "".
        System::AvFoundation => {
            &["-f", "avfoundation", "-list_devices", "true", "-i", ""]
        }
        _ => &["-sources", system.name()],
    };
    let arguments = ["-nostdin", "-hide_banner"].iter().chain(question);
    let output = cmd("ffmpeg", arguments)
        .stdin_null()
        .stdout_capture()
        .stderr_capture()
        .unchecked()
        .run();
    match output {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(no_ffmpeg_here())
        }
        output => output.context("asking ffmpeg for its devices"),
    }
}

fn parse(system: System, output: &Output) -> Vec<(String, String)> {
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    match system {
        System::AvFoundation => (stderr.lines())
            .skip_while(|line| !line.contains("audio devices"))
            .filter_map(numbered)
            .collect(),
        _ => (stdout.lines())
            .filter_map(source)
            .map(|(name, what)| (format!("{}:{name}", system.name()), what))
            .collect(),
    }
}

/// `* mic440 [Sine source at 440 Hz] (none)`; the star marks the default.
fn source(line: &str) -> Option<(String, String)> {
    let line = line.strip_prefix("* ").or(line.strip_prefix("  "))?;
    let (name, rest) = line.split_once(" [")?;
    let what = rest.rsplit_once(']').map_or(rest, |(what, _)| what);
    Some((name.to_owned(), what.to_owned()))
}

/// `[AVFoundation indev @ 0x7fb0] [0] MacBook Pro Microphone`.
fn numbered(line: &str) -> Option<(String, String)> {
    let (_, rest) = line.split_once("] [")?;
    let (number, what) = rest.split_once("] ")?;
    Some((number.to_owned(), what.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_device_is_listed_like_the_others() {
        let expected =
            Some(("mic440".to_owned(), "Sine source at 440 Hz".to_owned()));
        assert_eq!(source("* mic440 [Sine source at 440 Hz] (none)"), expected);
        assert_eq!(source("  mic440 [Sine source at 440 Hz] (none)"), expected);
        assert_eq!(source("Auto-detected sources for pulse:"), None);
    }

    #[test]
    fn a_plugin_of_alsa_is_no_microphone() {
        for (name, is_one) in [
            ("alsa:plughw:CARD=PCH,DEV=0", true),
            ("alsa:sysdefault:CARD=PCH", true),
            ("alsa:null", false),
            ("alsa:pulse", false),
        ] {
            assert_eq!(is_of_a_card(System::Alsa, name), is_one, "{name}");
        }
        assert!(is_of_a_card(System::Pulse, "pulse:mic440"));
    }

    #[test]
    fn a_device_of_macos_goes_by_its_number() {
        let line = "[AVFoundation indev @ 0x7fb0] [0] MacBook Pro Microphone";
        let expected = ("0".to_owned(), "MacBook Pro Microphone".to_owned());
        assert_eq!(numbered(line), Some(expected));
        let heading =
            "[AVFoundation indev @ 0x7fb0] AVFoundation audio devices:";
        assert_eq!(numbered(heading), None);
    }
}
