use duct::cmd;
use std::fs;

fn state(pid: u32) -> &'static str {
    match fs::read_to_string(format!("/proc/{pid}/stat")) {
        Ok(stat) if stat.contains(") Z ") => "a zombie",
        Ok(_) => "alive",
        Err(_) => "gone",
    }
}

pub fn main() -> anyhow::Result<()> {
    let lines = cmd!("yes").reader()?;
    let nothing = cmd!("sleep", "60").reader()?;
    let (yes, sleep) = (lines.pids()[0], nothing.pids()[0]);
    drop(lines);
    drop(nothing);
    while state(yes) == "alive" {}
    println!("dropped: yes {}, sleep {}", state(yes), state(sleep));
    cmd!("kill", sleep.to_string()).run()?;
    println!("after the next spawn: yes {}", state(yes));
    while state(sleep) == "alive" {}
    cmd!("true").run()?;
    Ok(())
}
