//! What can be recorded, and the command that each source is.

use super::options::Wanted;
use anyhow::Context;
use duct::{Expression, cmd};
use std::{env, fmt};

/// Something that writes 16-bit little-endian mono samples to its stdout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// ffmpeg, listening to a device of a sound system.
    Microphone { system: System, device: String },
    /// ffmpeg's own generator.
    FfmpegTone { pace: Pace },
    /// This chapter's child, for a machine without ffmpeg.
    OwnTone,
}

/// What ffmpeg can ask for a microphone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    Pulse,
    Alsa,
    AvFoundation,
}

/// How fast a tone comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// A second lasts a second, as from a microphone.
    RealTime,
    /// As fast as it is read.
    Fast,
}

impl System {
    /// The systems to try on this platform, the likelier first. PulseAudio's
    /// place is also taken by PipeWire, which speaks its protocol.
    pub fn here() -> &'static [System] {
        if cfg!(target_os = "macos") {
            &[System::AvFoundation]
        } else {
            &[System::Pulse, System::Alsa]
        }
    }

    /// Its name as a format of ffmpeg.
    pub fn name(self) -> &'static str {
        match self {
            System::Pulse => "pulse",
            System::Alsa => "alsa",
            System::AvFoundation => "avfoundation",
        }
    }

    /// ffmpeg's options for this device. What the device cannot do (one
    /// channel, this rate) ffmpeg converts, where the system lets it open.
    fn input(self, device: &str, rate: &str) -> Vec<String> {
        let asked = match self {
            // Without a size, PulseAudio hands over two seconds at a time.
            System::Pulse => &[
                "-sample_rate",
                rate,
                "-channels",
                "1",
                "-fragment_size",
                "3200",
            ],
            System::Alsa => &["-sample_rate", rate, "-channels", "1"][..],
            // Its devices say themselves what they have.
            System::AvFoundation => &[],
        };
        let device = match self {
            // What stands before the colon would be a camera.
            System::AvFoundation => format!(":{device}"),
            _ => device.to_owned(),
        };
        let mut input = vec!["-f", self.name()];
        input.extend(asked);
        let mut input: Vec<String> =
            input.into_iter().map(str::to_owned).collect();
        input.extend(["-i".to_owned(), device]);
        input
    }
}

impl Source {
    /// What to try for a reader who wants this, in order. Who names a device
    /// does not want a tone in its place.
    pub fn candidates(wanted: Wanted, device: Option<&str>) -> Vec<Source> {
        let tones = [
            Source::FfmpegTone {
                pace: Pace::RealTime,
            },
            Source::OwnTone,
        ];
        match wanted {
            Wanted::Tone => tones.into(),
            Wanted::Auto if device.is_none() => {
                [microphones(None), tones.into()].concat()
            }
            Wanted::Mic | Wanted::Auto => microphones(device),
        }
    }

    /// The command that writes its samples, at this rate.
    ///
    /// # Errors
    /// This program's own file cannot be found.
    pub fn command(&self, rate: u32) -> anyhow::Result<Expression> {
        let rate = rate.to_string();
        let input = match self {
            Source::Microphone { system, device } => {
                system.input(device, &rate)
            }
            Source::FfmpegTone { pace } => {
                let sine = format!("sine=frequency=440:sample_rate={rate}");
                let real_time = (*pace == Pace::RealTime).then_some("-re");
                let generator = ["-f", "lavfi", "-i", &sine];
                let input = real_time.into_iter().chain(generator);
                input.map(str::to_owned).collect()
            }
            Source::OwnTone => {
                let this = env::current_exe()
                    .context("finding this program's own file")?;
                return Ok(cmd!(this, "child", "tone", "--rate", rate));
            }
        };
        let quiet = ["-nostdin", "-hide_banner", "-loglevel", "error"];
        let output = ["-ac", "1", "-ar", &rate, "-f", "s16le", "-"];
        let mut arguments: Vec<String> = quiet.map(str::to_owned).into();
        arguments.extend(input);
        arguments.extend(output.map(str::to_owned));
        Ok(cmd("ffmpeg", arguments))
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Source::Microphone { system, device } => {
                write!(f, "microphone {}:{device}", system.name())
            }
            Source::FfmpegTone { .. } => {
                write!(f, "440 Hz tone (by ffmpeg)")
            }
            Source::OwnTone => write!(f, "440 Hz tone (by this program)"),
        }
    }
}

/// The microphones to try. A device may be named with its system, `alsa:hw:1`,
/// as `--list-devices` does.
fn microphones(device: Option<&str>) -> Vec<Source> {
    let device = device.unwrap_or("default");
    let named = System::here().iter().find_map(|system| {
        let name = device.strip_prefix(system.name())?.strip_prefix(':')?;
        Some((*system, name))
    });
    let microphone = |(system, device): (System, &str)| Source::Microphone {
        system,
        device: device.to_owned(),
    };
    match named {
        Some(named) => vec![microphone(named)],
        None => (System::here().iter())
            .map(|system| microphone((*system, device)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_names_a_device_gets_no_tone_in_its_place() {
        let candidates = Source::candidates(Wanted::Auto, Some("usb"));
        assert!(
            (candidates.iter())
                .all(|source| matches!(source, Source::Microphone { .. })),
            "{candidates:?}"
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_device_named_with_its_system_is_sought_there_alone() {
        let candidates = Source::candidates(Wanted::Mic, Some("alsa:hw:1,0"));
        let [Source::Microphone { system, device }] = &candidates[..] else {
            panic!("{candidates:?}");
        };
        assert_eq!((*system, &**device), (System::Alsa, "hw:1,0"));
    }
}
