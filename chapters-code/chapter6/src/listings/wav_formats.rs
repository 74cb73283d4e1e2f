use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    for options in [
        // -c:a chooses the kind of samples: here, 16 bits.
        "-c:a pcm_s16le",
        // -ac chooses the number of channels, -ar the samples a second.
        "-c:a pcm_s16le -ac 2",
        "-c:a pcm_s16le -ac 3",
        "-c:a pcm_s16le -ar 96000",
        "-c:a pcm_s24le",
        // f32: floating point.
        "-c:a pcm_f32le",
    ] {
        let line = format!(
            "-nostdin -loglevel error -y -f lavfi \
             -i sine=duration=0.1 {options} tone.wav"
        );
        cmd("ffmpeg", line.split(' ')).run()?;
        let bytes = fs::read("tone.wav")?;
        // The two bytes from byte 20 on, the low one first.
        let format = u16::from_le_bytes([bytes[20], bytes[21]]);
        let spec = hound::WavReader::new(&bytes[..])?.spec();
        println!("{options}: {format}, {} bits", spec.bits_per_sample);
    }
    Ok(())
}
