use hound::{SampleFormat::Int, WavReader, WavSpec, WavWriter};
use std::{fs::OpenOptions, os::unix::fs::FileExt};

// How many samples the header can count.
const MOST: u32 = (u32::MAX - 36) / 2;
// The file looks as if it had so many, before hound appends more.
const HELD: u32 = MOST - 500;

pub fn main() -> anyhow::Result<()> {
    let spec = WavSpec {
        channels: 1,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: Int,
    };
    WavWriter::create("long.wav", spec)?.finalize()?;
    let file = OpenOptions::new().write(true).open("long.wav")?;
    // At byte 40 is the length of the sound, in bytes.
    file.write_all_at(&(HELD * 2).to_le_bytes(), 40)?;
    // As long as the header says. What nobody wrote reads as zeros.
    file.set_len(44 + u64::from(HELD) * 2)?;
    let mut wav = WavWriter::append("long.wav")?;
    // The count is compared with the limit before each sample.
    while wav.len() < MOST {
        wav.write_sample(0_i16)?;
    }
    wav.finalize()?;
    println!("{} of {MOST}", WavReader::open("long.wav")?.len());
    Ok(())
}
