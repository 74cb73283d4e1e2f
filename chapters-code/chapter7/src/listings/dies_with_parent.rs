use duct::cmd;
use std::fs;
use std::io::{BufRead, BufReader};

const PARENT: &str = "
    setpriv --pdeathsig TERM sleep 60 & echo $!
    sleep 60 & echo $!; wait";

fn sleeps(pid: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"));
    stat.is_ok_and(|it| it.contains("(sleep)") && !it.contains(") Z"))
}

pub fn main() -> anyhow::Result<()> {
    let parent = cmd!("sh", "-c", PARENT).unchecked().reader()?;
    let lines = BufReader::new(&parent).lines().take(2);
    let pids = lines.collect::<Result<Vec<_>, _>>()?;
    while !pids.iter().all(|pid| sleeps(pid)) {}
    parent.kill()?;
    while pids.iter().all(|pid| sleeps(pid)) {}
    println!("with pdeathsig, it sleeps: {}", sleeps(&pids[0]));
    println!("without, it sleeps: {}", sleeps(&pids[1]));
    cmd!("kill", &pids[1]).run()?;
    Ok(())
}
