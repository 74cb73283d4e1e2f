//! The tone that is recorded, and a test that records it.

use libtest_mimic::Trial;
use run::missing_tools;
use tests::harness;
use tests::recorder::Recorder;

/// Samples a second.
pub const RATE: u32 = 16_000;

/// Who makes the tone.
#[derive(Clone, Copy, PartialEq)]
pub enum Tone {
    Ffmpeg,
    Own,
}

impl Tone {
    pub fn recorder(self, arguments: &[&str]) -> anyhow::Result<Recorder> {
        let recorder = Recorder::new(["--source", "tone"].iter().chain(arguments))?;
        Ok(match self {
            Tone::Ffmpeg => recorder,
            Tone::Own => recorder.without_ffmpeg(),
        })
    }
}

/// A test that needs some programs.
pub fn test<F>(name: impl Into<String>, needs: &[&str], run: F) -> Trial
where
    F: FnOnce() -> anyhow::Result<()> + Send + 'static,
{
    let needs: Vec<_> = needs.iter().copied().map(str::to_owned).collect();
    harness::needing(name, &missing_tools(&needs), run)
}
