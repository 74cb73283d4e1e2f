//! The recorder of chapter 6: what it records is whole, however it ends, and
//! when it cannot record it says why.

mod device;
mod disks;
mod endings;
mod keyboard;
mod refusals;
mod sources;

use libtest_mimic::Trial;
use run::missing_tools;
use tests::harness;
use tests::recorder::Recorder;

const RATE: u32 = 16_000;

fn main() {
    let arguments = harness::arguments();
    let tests = [
        endings::tests(Tone::Ffmpeg),
        endings::tests(Tone::Own),
        keyboard::tests(),
        refusals::tests(),
        disks::tests(),
        sources::tests(),
        device::tests(),
    ];
    let tests = tests.into_iter().flatten().collect();
    libtest_mimic::run(&arguments, tests).exit();
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

/// A test that needs some programs.
fn test<F>(name: impl Into<String>, needs: &[&str], run: F) -> Trial
where
    F: FnOnce() -> anyhow::Result<()> + Send + 'static,
{
    let needs: Vec<_> = needs.iter().copied().map(str::to_owned).collect();
    harness::needing(name, &missing_tools(&needs), run)
}
