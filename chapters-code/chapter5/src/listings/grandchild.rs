use duct::cmd;
use std::io::{self, Read};
use std::time::Instant;

pub fn main() -> anyhow::Result<()> {
    for script in ["sleep 1 & echo ready", "sleep 1 >/dev/null & echo ready"] {
        let (mut last_one_out, witness) = io::pipe()?;
        let start = Instant::now();
        let said = cmd!("sh", "-c", script).stderr_file(witness).read()?;
        let took = start.elapsed().as_secs_f64();
        println!("{script}: {said} after {took:.3} s");
        last_one_out.read_to_end(&mut vec![])?;
    }
    Ok(())
}
