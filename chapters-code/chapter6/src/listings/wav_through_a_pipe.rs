use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    for format in ["wav", "wav -bitexact", "s16le"] {
        let options = format!(
            "-nostdin -loglevel error -f lavfi \
             -i sine=sample_rate=16000:duration=1 -f {format} -"
        );
        let bytes = cmd("ffmpeg", options.split(' '))
            .stdout_capture()
            .run()?
            .stdout;
        println!("-f {format}: {} bytes", bytes.len());
        if format != "s16le" {
            // Bytes 4 to 7 are the RIFF size.
            // {:02x?} prints each byte as two hexadecimal digits.
            println!("  RIFF size {:02x?}", &bytes[4..8]);
            // WavReader::new reads the header of the WAV.
            if let Err(error) = hound::WavReader::new(&bytes[..]) {
                println!("  hound: {error}");
            }
        }
    }
    Ok(())
}
