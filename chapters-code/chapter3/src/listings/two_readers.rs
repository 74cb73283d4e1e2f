use duct::cmd;
use std::{fs, io::read_to_string, thread};

pub fn main() -> anyhow::Result<()> {
    let seq = cmd!("seq", "20000");
    let (first, second) = (seq.reader()?, seq.reader()?);
    let wchan = format!("/proc/{}/wchan", second.pids()[0]);
    println!("first: {} bytes, finished", read_to_string(first)?.len());
    let asleep_in = loop {
        let function = fs::read_to_string(&wchan)?;
        if function.contains("pipe_write") {
            break function;
        }
        thread::yield_now();
    };
    println!("second: asleep in {asleep_in}");
    println!("second: {} bytes, finished", read_to_string(second)?.len());
    Ok(())
}
