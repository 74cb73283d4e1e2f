use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let ffmpeg = cmd!(
        "ffmpeg",
        "-nostdin",
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        "sine",
        "-t",
        "1",
        "-f",
        "wav",
        "/dev/full"
    );
    let sox = cmd!(
        "sox",
        "-n",
        "-t",
        "raw",
        "-b16",
        "-r8k",
        "/dev/full",
        "synth"
    );
    for program in [ffmpeg, sox] {
        let output = program.stderr_capture().run()?;
        println!("{}:", output.status);
        print!("{}", String::from_utf8(output.stderr)?);
    }
    Ok(())
}
