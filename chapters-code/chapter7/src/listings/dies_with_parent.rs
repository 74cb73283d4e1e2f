use duct::cmd;
use std::fs;
use std::io::{BufRead, BufReader};

const PARENT: &str = "
    setpriv --pdeathsig TERM sleep 60 & echo $!
    sleep 60 & echo $!; wait";

fn sleeps(pid: &str) -> bool {
    // S is asleep. A process that ends has another state, and then no file.
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"));
    stat.is_ok_and(|stat| stat.contains("(sleep) S"))
}

pub fn main() -> anyhow::Result<()> {
    let parent = cmd!("sh", "-c", PARENT).unchecked().reader()?;
    let mut pids = vec![];
    for pid in BufReader::new(&parent).lines().take(2) {
        pids.push(pid?);
    }
    // `setpriv` needs a moment to become the first sleep.
    while !(sleeps(&pids[0]) && sleeps(&pids[1])) {}
    parent.kill()?;
    // The loop ends when one of the two has ended.
    while sleeps(&pids[0]) && sleeps(&pids[1]) {}
    println!("with pdeathsig, it sleeps: {}", sleeps(&pids[0]));
    println!("without, it sleeps: {}", sleeps(&pids[1]));
    cmd!("kill", &pids[1]).run()?;
    Ok(())
}
