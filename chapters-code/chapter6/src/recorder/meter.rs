//! What can be seen while it records: how long, and how loud.

use super::report::say;
use super::samples::{decibels, peak};
use super::wav::Sound;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal};

/// The quietest that the bar shows, in decibels below full scale.
const FLOOR: f64 = -60.0;

/// A level meter on stderr: a bar on a terminal, else a line now and then.
pub enum Meter {
    Bar { bar: ProgressBar, of: String },
    Lines { due: u64, loudest: u16 },
}

impl Meter {
    /// `seconds` is how long the recording shall be, if that is known.
    pub fn new(seconds: Option<f64>) -> Self {
        if !io::stderr().is_terminal() {
            return Meter::Lines { due: 1, loudest: 0 };
        }
        let bar = ProgressBar::new(-FLOOR as u64);
        let style = ProgressStyle::with_template("{prefix} [{bar:40}] {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        let of = seconds
            .map_or(String::new(), |seconds| format!(" of {}", clock(seconds)));
        Meter::Bar { bar, of }
    }

    /// Shows what there is so far, and how loud the newest samples are.
    pub fn show(&mut self, sound: Sound, newest: &[i16]) {
        let level = peak(newest);
        match self {
            Meter::Bar { bar, of } => {
                let decibels = decibels(level);
                bar.set_position((decibels - FLOOR).max(0.0) as u64);
                bar.set_message(format!("{decibels:.0} dB"));
                bar.set_prefix(format!("{}{of}", clock(sound.seconds())));
            }
            Meter::Lines { due, loudest } => {
                *loudest = level.max(*loudest);
                let seconds = sound.samples / u64::from(sound.rate);
                if seconds >= *due {
                    let time = clock(sound.seconds());
                    say(&format!("{time}  {:.0} dB", decibels(*loudest)));
                    *loudest = 0;
                    // Every second at first, then every ten.
                    *due = if seconds < 10 {
                        seconds + 1
                    } else {
                        (seconds / 10 + 1) * 10
                    };
                }
            }
        }
    }

    /// Takes the bar off the terminal.
    pub fn close(self) {
        if let Meter::Bar { bar, .. } = self {
            bar.finish_and_clear();
        }
    }
}

/// Seconds as 1:05 or 1:00:05.
fn clock(seconds: f64) -> String {
    let seconds = seconds as u64;
    let (hours, minutes, seconds) =
        (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::clock;

    #[test]
    fn a_clock_shows_hours_only_when_there_are_some() {
        assert_eq!(clock(5.99), "0:05");
        assert_eq!(clock(3599.0), "59:59");
        assert_eq!(clock(3605.0), "1:00:05");
    }
}
