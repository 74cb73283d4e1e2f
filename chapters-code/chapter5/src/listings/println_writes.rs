use duct::cmd;
use rustix::pipe::{PipeFlags, pipe_with};
use std::io::{Read, Write, stdout};
use std::{env::current_exe, fs::File};

/// What the child `say` does.
pub fn say() -> anyhow::Result<()> {
    println!("{}", ".".repeat(1000));
    println!("{}", ".".repeat(3000));
    let line = ".".repeat(3000) + "\n";
    Ok(stdout().write_all(line.as_bytes())?)
}

pub fn main() -> anyhow::Result<()> {
    let (reader, writer) = pipe_with(PipeFlags::DIRECT)?;
    let say = cmd!(current_exe()?, "child", "say");
    say.stdout_file(writer).run()?;
    let (mut reader, mut buffer) = (File::from(reader), [0; 4096]);
    let mut writes = Vec::new();
    while let size @ 1.. = reader.read(&mut buffer)? {
        writes.push(size);
    }
    println!("writes: {}\ntheir bytes: {writes:?}", writes.len());
    Ok(())
}
