//! The recorder of chapter 6: what it records is whole, however it ends, and
//! when it cannot record it says why.

mod device;
mod disks;
mod endings;
mod keyboard;
mod refusals;
mod sources;

use libtest_mimic::Trial;
use std::env;
use tests::recorder::Recorder;
use tests::trial;

const RATE: u32 = 16_000;

fn main() {
    let arguments = trial::arguments();
    let trials = [
        endings::trials(Tone::Ffmpeg),
        endings::trials(Tone::Own),
        keyboard::trials(),
        refusals::trials(),
        disks::trials(),
        sources::trials(),
        device::trials(),
    ];
    let trials = trials.into_iter().flatten().collect();
    libtest_mimic::run(&arguments, trials).exit();
}

/// Who makes the tone.
#[derive(Clone, Copy, PartialEq)]
enum Tone {
    Ffmpeg,
    Own,
}

impl Tone {
    fn recorder(self, arguments: &[&str]) -> anyhow::Result<Recorder> {
        let recorder = Recorder::new(["--source", "tone"].iter().chain(arguments))?;
        Ok(match self {
            Tone::Ffmpeg => recorder,
            Tone::Own => recorder.without_ffmpeg(),
        })
    }
}

/// A trial that needs some programs.
fn test<F>(name: impl Into<String>, needs: &[&str], trial: F) -> Trial
where
    F: FnOnce() -> anyhow::Result<()> + Send + 'static,
{
    let path = env::var_os("PATH").unwrap_or_default();
    let there = |tool: &str| env::split_paths(&path).any(|folder| folder.join(tool).is_file());
    let missing: Vec<&str> = needs.iter().copied().filter(|tool| !there(tool)).collect();
    trial::needing(name, &missing, trial)
}
