use duct::cmd;
use rustix::pipe::{PipeFlags, pipe_with};
use std::io::{Read, Write, stdout};
use std::{env::current_exe, fs::File};

// This is what the child does.
pub fn three_lines() -> anyhow::Result<()> {
    println!("{}", ".".repeat(1000));
    println!("{}", ".".repeat(3000));
    let line = ".".repeat(3000) + "\n";
    // ? turns an I/O error into an anyhow error.
    Ok(stdout().write_all(line.as_bytes())?)
}

pub fn main() -> anyhow::Result<()> {
    // DIRECT is packet mode: a read returns one write.
    let (reader, writer) = pipe_with(PipeFlags::DIRECT)?;
    let child = cmd!(current_exe()?, "child", "three_lines");
    child.stdout_file(writer).run()?;
    // A bare descriptor has no method read. A File has one.
    let (mut reader, mut buffer) = (File::from(reader), [0; 4096]);
    let mut sizes = Vec::new();
    let mut size = reader.read(&mut buffer)?;
    while size > 0 {
        sizes.push(size);
        size = reader.read(&mut buffer)?;
    }
    println!("writes: {}\ntheir bytes: {sizes:?}", sizes.len());
    Ok(())
}
