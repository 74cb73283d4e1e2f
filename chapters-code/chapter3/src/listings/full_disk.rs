use duct::cmd;
use std::fs::File;
use std::io::{BufWriter, Write};

pub fn main() -> anyhow::Result<()> {
    let echo = cmd!("echo", "a report").stdout_path("/dev/full");
    println!("child: {}", echo.run().expect_err("the disk is full"));

    let file = File::options().write(true).open("/dev/full")?;
    let mut report = BufWriter::new(file);
    println!("write: {:?}", report.write_all(b"a report\n"));
    let error = report.flush().expect_err("the disk is full");
    println!("flush: {error}");
    Ok(())
}
