use duct::cmd;
use std::{io::pipe, time::Duration};

pub fn main() -> anyhow::Result<()> {
    for level in ["error", "info"] {
        let options = format!(
            "-nostdin -loglevel {level} -f lavfi -i sine -t 10 \
             -af ashowinfo -f s16le -"
        );
        let (unread, stderr) = pipe()?;
        let ffmpeg = cmd("ffmpeg", options.split(' '))
            .stdout_null()
            .stderr_file(stderr)
            .unchecked()
            .start()?;
        match ffmpeg.wait_timeout(Duration::from_secs(3))? {
            Some(output) => println!("-loglevel {level}: {}", output.status),
            None => println!("-loglevel {level}: stuck"),
        }
        ffmpeg.kill()?;
        ffmpeg.wait()?;
        drop(unread);
    }
    Ok(())
}
