use duct::cmd;
use rustix::process::{Pid, WaitOptions, waitpid};
use std::{fs, io, process::Command};

fn count(pids: &[u32], state: &str) -> usize {
    let stat = |pid: &u32| fs::read_to_string(format!("/proc/{pid}/stat"));
    let is = |stat: String| stat.contains(state);
    pids.iter().filter(|pid| stat(pid).is_ok_and(is)).count()
}

pub fn main() -> anyhow::Result<()> {
    let by_std = |_| Ok(Command::new("true").spawn()?.id());
    let by_duct = |_| Ok(cmd!("true").start()?.pids()[0]);
    let std = (0..50).map(by_std).collect::<io::Result<Vec<_>>>()?;
    let duct = (0..50).map(by_duct).collect::<io::Result<Vec<_>>>()?;
    let zombies = |pids| count(pids, ") Z ");
    while zombies(&std) < 50 || zombies(&duct) < count(&duct, "") {}
    cmd!("true").run()?;
    println!("zombies: std {}, duct {}", zombies(&std), zombies(&duct));
    for pid in &std {
        waitpid(Pid::from_raw(*pid as i32), WaitOptions::empty())?;
    }
    println!("after wait: std {}", zombies(&std));
    Ok(())
}
