use duct::cmd;
use std::io::{BufReader, Read};

// r: Rust leaves each backslash as it is, and printf reads it.
const COPY: &str = r"
    printf '10 %%\r20 %%\rerror: disk full\n' >&2
    exec sleep 60";

pub fn main() -> anyhow::Result<()> {
    let copy = cmd!("sh", "-c", COPY).stdout_null().stderr_to_stdout();
    let reader = copy.unchecked().reader()?;
    // The bytes since the last \r or \n.
    let mut piece = Vec::new();
    // BufReader fetches what has arrived, and not each byte by itself.
    for byte in BufReader::new(&reader).bytes() {
        let byte = byte?;
        if byte != b'\r' && byte != b'\n' {
            piece.push(byte);
        } else if !piece.is_empty() {
            println!("{}", String::from_utf8_lossy(&piece));
            if piece.starts_with(b"error:") {
                reader.kill()?;
            }
            piece.clear();
        }
    }
    Ok(())
}
