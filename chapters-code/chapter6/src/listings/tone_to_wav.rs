use duct::cmd;
use hound::{SampleFormat, WavReader, WavSpec, WavWriter};
use std::{env::current_exe, fs, io::BufReader, io::Read};

pub fn main() -> anyhow::Result<()> {
    let tone = "child tone --fast --seconds 1";
    let tone = cmd(current_exe()?, tone.split(' ')).reader()?;
    let mut tone = BufReader::new(tone);
    // What kind of samples will come.
    let spec = WavSpec {
        channels: 1,
        sample_rate: 16000,
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let mut wav = WavWriter::create("tone.wav", spec)?;
    let mut pair = [0; 2];
    // Ends at any error. The end of the stream is one of them.
    while tone.read_exact(&mut pair).is_ok() {
        wav.write_sample(i16::from_le_bytes(pair))?;
    }
    // Writes the rest of the samples, and the length into the header.
    wav.finalize()?;
    let seconds = WavReader::open("tone.wav")?.duration() / 16000;
    let size = fs::metadata("tone.wav")?.len();
    println!("tone.wav: {size} bytes, {seconds} s");
    Ok(())
}
