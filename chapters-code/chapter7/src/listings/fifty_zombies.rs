use duct::cmd;
use std::{fs, io::pipe, process::Command};

pub fn main() -> anyhow::Result<()> {
    let (stdin, door) = pipe()?;
    let duct = cmd!("cat").stdin_file(stdin.try_clone()?);
    let mut std = Command::new("cat");
    std.stdin(stdin);
    let (mut by_std, mut by_duct) = (vec![], vec![]);
    for _ in 0..50 {
        by_std.push(std.spawn()?.id());
        by_duct.push(duct.start()?.pids()[0]);
    }
    let stat = |pid: &u32| fs::read_to_string(format!("/proc/{pid}/stat"));
    let is = |pid: &&u32| stat(pid).is_ok_and(|stat| stat.contains(") Z "));
    let zombies = |pids: &[u32]| pids.iter().filter(is).count();
    let both = || (zombies(&by_std), zombies(&by_duct));
    println!("handles dropped: {:?} zombies", both());
    drop(door);
    while both() != (50, 50) {}
    println!("children ended: {:?} zombies", both());
    cmd!("true").run()?;
    println!("one more start: {:?} zombies", both());
    Ok(())
}
