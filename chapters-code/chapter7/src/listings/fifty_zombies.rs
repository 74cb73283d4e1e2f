use duct::cmd;
use std::{fs, io::pipe, process::Command};

fn is_zombie(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"));
    stat.unwrap_or_default().contains(") Z ")
}

fn zombies(pids: &[(u32, u32)]) -> (usize, usize) {
    let of_std = pids.iter().filter(|pair| is_zombie(pair.0)).count();
    let of_duct = pids.iter().filter(|pair| is_zombie(pair.1)).count();
    (of_std, of_duct)
}

pub fn main() -> anyhow::Result<()> {
    let (stdin, writing_end) = pipe()?;
    let mut pids = vec![];
    for _ in 0..50 {
        let std_cat = Command::new("cat").stdin(stdin.try_clone()?).spawn()?;
        let duct_cat = cmd!("cat").stdin_file(stdin.try_clone()?).start()?;
        pids.push((std_cat.id(), duct_cat.pids()[0]));
    }
    println!("handles dropped: {:?} zombies", zombies(&pids));
    drop(writing_end);
    while zombies(&pids) != (50, 50) {}
    println!("children ended: {:?} zombies", zombies(&pids));
    cmd!("true").run()?;
    println!("one more start: {:?} zombies", zombies(&pids));
    Ok(())
}
