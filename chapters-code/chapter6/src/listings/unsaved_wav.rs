use duct::cmd;
use std::env::current_exe;

pub fn main() -> anyhow::Result<()> {
    for ending in ["finalize", "drop", "panic", "exit", "abort", "forget"] {
        for samples in ["1000", "10000"] {
            let child =
                cmd!(current_exe()?, "child", "unsaved", ending, samples);
            // Some endings are failures. The listing goes on after them.
            child.stderr_null().unchecked().run()?;
            match hound::WavReader::open("unsaved.wav") {
                Ok(wav) => println!("{ending}: {} of {samples}", wav.len()),
                Err(error) => println!("{ending}, {samples}: {error}"),
            }
        }
    }
    Ok(())
}
