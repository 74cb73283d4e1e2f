use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    let name = |pid: &str| fs::read_to_string(format!("/proc/{pid}/comm"));
    let is_sleep = |pid: &str| name(pid).is_ok_and(|it| it == "sleep\n");
    for shell in ["bash", "sh"] {
        let child = cmd!(shell, "-c", "sleep 60").unchecked().start()?;
        let pid = child.pids()[0].to_string();
        let list = format!("/proc/{pid}/task/{pid}/children");
        let mut sleep = pid.clone();
        while !is_sleep(&sleep) {
            let child = fs::read_to_string(&list)?.trim().to_string();
            sleep = if child.is_empty() { pid.clone() } else { child };
        }
        child.kill()?;
        child.wait()?;
        let goes_on = is_sleep(&sleep);
        println!("{shell} killed, sleep goes on: {goes_on}");
        if goes_on {
            cmd!("kill", sleep).run()?;
        }
    }
    Ok(())
}
