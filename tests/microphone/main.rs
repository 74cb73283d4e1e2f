//! The recorder of chapter 6: what it records is whole, however it ends, and
//! when it cannot record it says why.

mod device;
mod disks;
mod endings;
mod keyboard;
mod refusals;
mod sources;
mod tone;

use tests::harness;
use tone::Tone;

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
