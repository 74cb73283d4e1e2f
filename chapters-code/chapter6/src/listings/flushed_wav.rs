use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

pub fn main() -> anyhow::Result<()> {
    let spec = WavSpec {
        channels: 1,
        sample_rate: 16000,
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let mut wav = WavWriter::create("flushed.wav", spec)?;
    // The samples are the numbers 0 to 15,999, which fit into 16 bits.
    for sample in 0..16000 {
        wav.write_sample(sample)?;
    }
    wav.flush()?;
    for sample in 0..1000 {
        wav.write_sample(sample)?;
    }
    // Takes the writer, and does not drop it.
    std::mem::forget(wav);
    println!("{} samples", WavReader::open("flushed.wav")?.len());
    Ok(())
}
