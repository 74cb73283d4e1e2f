use duct::cmd;
use std::{fs, io::read_to_string, thread};

pub fn main() -> anyhow::Result<()> {
    let seq = cmd!("seq", "20000");
    let (first, second) = (seq.reader()?, seq.reader()?);
    // This file names the kernel function in which the child sleeps.
    let wchan = format!("/proc/{}/wchan", second.pids()[0]);
    println!("first: {} bytes, finished", read_to_string(first)?.len());

    let mut asleep_in = String::new();
    while !asleep_in.contains("pipe_write") {
        // Lets other processes run before the next look.
        thread::yield_now();
        asleep_in = fs::read_to_string(&wchan)?;
    }
    println!("second: asleep in {asleep_in}");
    println!("second: {} bytes, finished", read_to_string(second)?.len());
    Ok(())
}
