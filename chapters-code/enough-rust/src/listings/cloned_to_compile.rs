use duct::cmd;
use std::io::{self, PipeWriter, Write, pipe};
use std::time::Duration;

fn order(dish: &str, mut hatch: PipeWriter) -> io::Result<()> {
    writeln!(hatch, "{dish}")
}

pub fn main() -> anyhow::Result<()> {
    let (stdin, hatch) = pipe()?;
    let sort = cmd!("sort").stdin_file(stdin).start()?;
    order("naan", hatch.try_clone()?)?;
    order("dal", hatch.try_clone()?)?;

    let ended = sort.wait_timeout(Duration::from_secs(1))?.is_some();
    println!("a second later, sort has ended: {ended}");
    drop(hatch);
    println!("hatch dropped: {}", sort.wait()?.status);
    Ok(())
}
