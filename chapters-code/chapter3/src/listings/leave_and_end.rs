use duct::cmd;
use std::fs;
use std::io::{self, BufRead, BufReader};

fn first_line(script: &str) -> io::Result<Option<String>> {
    let reader = cmd!("sh", "-c", script).unchecked().reader()?;
    let mut lines = BufReader::new(&reader);
    let mut line = String::new();
    let read = lines.read_line(&mut line);
    reader.kill()?;
    io::copy(&mut lines, &mut io::sink())?;
    Ok(if read? == 0 { None } else { Some(line) })
}

pub fn main() -> anyhow::Result<()> {
    for script in ["echo ready; exec sleep 60", "exec yes", "exit 3"] {
        println!("{script}: {:?}", first_line(script)?);
    }
    let children = fs::read_to_string("/proc/thread-self/children")?;
    println!("children that are left: {children:?}");
    Ok(())
}
