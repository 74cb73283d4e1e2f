use duct::cmd;
use std::io::{BufRead, BufReader};

// exec makes the shell become sleep. So killing one process is enough.
const COPY: &str = "
    echo copied 1 of 3 >&2
    echo error: disk full >&2
    exec sleep 60";

pub fn main() -> anyhow::Result<()> {
    let copy = cmd!("sh", "-c", COPY).stdout_null().stderr_to_stdout();
    let reader = copy.unchecked().reader()?;
    // & lends the reader to the loop: we can still call reader.kill().
    for line in BufReader::new(&reader).lines() {
        let line = line?;
        println!("{line}");
        if line.starts_with("error:") {
            reader.kill()?;
        }
    }
    if let Some(output) = reader.try_wait()? {
        println!("{}", output.status);
    }
    Ok(())
}
