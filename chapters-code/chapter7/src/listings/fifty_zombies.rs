use duct::cmd;
use std::{fs, io::pipe, process::Command};

pub fn main() -> anyhow::Result<()> {
    let (stdin, door) = pipe()?;
    let (mut std_pids, mut duct_pids) = (vec![], vec![]);
    for _ in 0..50 {
        let std_cat = Command::new("cat").stdin(stdin.try_clone()?).spawn()?;
        let duct_cat = cmd!("cat").stdin_file(stdin.try_clone()?).start()?;
        std_pids.push(std_cat.id());
        duct_pids.push(duct_cat.pids()[0]);
    }
    let stat = |pid: &u32| fs::read_to_string(format!("/proc/{pid}/stat"));
    let is_zombie = |pid: &u32| stat(pid).is_ok_and(|it| it.contains(") Z "));
    let count = |pids: &[u32]| pids.iter().filter(|pid| is_zombie(pid)).count();
    let zombies = || (count(&std_pids), count(&duct_pids));
    println!("handles dropped: {:?} zombies", zombies());
    drop(door);
    while zombies() != (50, 50) {}
    println!("children ended: {:?} zombies", zombies());
    cmd!("true").run()?;
    println!("one more start: {:?} zombies", zombies());
    Ok(())
}
