use duct::cmd;
use std::fs;
use std::io::{self, BufRead, BufReader};

fn first_line(script: &str) -> io::Result<String> {
    let child = cmd!("sh", "-c", script).unchecked().reader()?;
    let mut reader = BufReader::new(&child);
    let mut line = String::new();
    let read = reader.read_line(&mut line);
    child.kill()?;
    io::copy(&mut reader, &mut io::sink())?;
    read?;
    Ok(line)
}

pub fn main() -> anyhow::Result<()> {
    for script in ["echo ready; exec sleep 60", "exec yes"] {
        println!("{script}: {:?}", first_line(script)?);
    }
    let children = fs::read_to_string("/proc/thread-self/children")?;
    println!("children that are left: {children:?}");
    Ok(())
}
