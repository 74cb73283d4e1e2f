use duct::cmd;
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::io::{BufRead, BufReader};

const COOK: &str = "
    trap 'rm lock; echo cleaned up; exit 0' TERM
    touch lock; echo ready
    while :; do :; done";

pub fn main() -> anyhow::Result<()> {
    for (name, signal) in [("TERM", Signal::TERM), ("KILL", Signal::KILL)] {
        let cook = cmd!("sh", "-c", COOK).unchecked().reader()?;
        let mut lines = BufReader::new(&cook).lines();
        lines.next().transpose()?;
        let pid = Pid::from_raw(cook.pids()[0] as i32).expect("not 0");
        kill_process(pid, signal)?;
        let said = lines.collect::<Result<Vec<_>, _>>()?;
        let status = cook.try_wait()?.expect("it has ended").status;
        println!("{name}: {said:?}, {status}");
        println!("  lock left: {}", fs::exists("lock")?);
    }
    Ok(fs::remove_file("lock")?)
}
