use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    for shell in ["bash", "sh"] {
        let child = cmd!(shell, "-c", "sleep 60").unchecked().start()?;
        let sleep = find_sleep(child.pids()[0])?;
        child.kill()?;
        child.wait()?;
        println!("{shell} killed, sleep goes on: {}", is_sleep(sleep));
        if is_sleep(sleep) {
            cmd!("kill", sleep.to_string()).run()?;
        }
    }
    Ok(())
}

/// Waits for the `sleep`: it is our child, or a child of our child.
fn find_sleep(child: u32) -> anyhow::Result<u32> {
    let children = format!("/proc/{child}/task/{child}/children");
    let mut pid = child;
    while !is_sleep(pid) {
        let grandchild = fs::read_to_string(&children)?;
        pid = grandchild.trim().parse().unwrap_or(child);
    }
    Ok(pid)
}

fn is_sleep(pid: u32) -> bool {
    let name = fs::read_to_string(format!("/proc/{pid}/comm"));
    name.is_ok_and(|name| name == "sleep\n")
}
