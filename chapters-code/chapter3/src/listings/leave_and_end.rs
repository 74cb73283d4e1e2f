use duct::cmd;
use std::fs;
use std::io::{self, BufRead, BufReader};

fn first_line(script: &str) -> io::Result<Option<String>> {
    let reader = cmd!("sh", "-c", script).unchecked().reader()?;
    let mut stdout = BufReader::new(&reader);
    let mut line = String::new();
    let read = stdout.read_line(&mut line);
    // Step 1: kill the child.
    reader.kill()?;
    // Step 2: read to the end, and throw away what was read.
    io::copy(&mut stdout, &mut io::sink())?;
    // Both steps are done. 0 bytes: there was no line.
    if read? == 0 {
        return Ok(None);
    }
    Ok(Some(line))
}

pub fn main() -> anyhow::Result<()> {
    // `exec` makes the shell become `sleep` or `yes`.
    for script in ["echo ready; exec sleep 60", "exec yes", "exit 3"] {
        println!("{script}: {:?}", first_line(script)?);
    }
    // The pids of this thread's children, zombies too.
    let children = fs::read_to_string("/proc/thread-self/children")?;
    println!("children that are left: {children:?}");
    Ok(())
}
