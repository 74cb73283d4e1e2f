use duct::cmd;
use std::fs;

fn state(pid: u32) -> &'static str {
    // A zombie has a Z after its name, as in (yes) Z.
    match fs::read_to_string(format!("/proc/{pid}/stat")) {
        Ok(stat) if stat.contains(") Z ") => "a zombie",
        Ok(_) => "alive",
        // A child that is gone has no such file.
        Err(_) => "gone",
    }
}

pub fn main() -> anyhow::Result<()> {
    let yes_reader = cmd!("yes").reader()?;
    let sleep_reader = cmd!("sleep", "60").reader()?;
    let yes = yes_reader.pids()[0];
    let sleep = sleep_reader.pids()[0];
    drop(yes_reader);
    drop(sleep_reader);
    // The empty loop waits as long as `yes` is alive.
    while state(yes) == "alive" {}
    println!("dropped: yes {}, sleep {}", state(yes), state(sleep));
    cmd!("kill", sleep.to_string()).run()?;
    println!("after the next spawn: yes {}", state(yes));
    while state(sleep) == "alive" {}
    // The start of any program removes its zombie.
    cmd!("true").run()?;
    Ok(())
}
