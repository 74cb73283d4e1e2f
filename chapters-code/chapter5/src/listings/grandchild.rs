use duct::cmd;
use std::io::{self, Read};
use std::time::Instant;

pub fn main() -> anyhow::Result<()> {
    for script in ["sleep 1 & echo ready", "sleep 1 >/dev/null & echo ready"] {
        let (mut reader, writer) = io::pipe()?;
        let start = Instant::now();
        let said = cmd!("sh", "-c", script).stderr_file(writer).read()?;
        let took = start.elapsed().as_secs_f64();
        println!("{script}: {said} after {took:.3} s");
        reader.read_to_end(&mut vec![])?;
    }
    Ok(())
}
