use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    let is_sleep = |pid: &str| {
        let name = fs::read_to_string(format!("/proc/{pid}/comm"));
        name.is_ok_and(|name| name == "sleep\n")
    };
    for shell in ["bash", "sh"] {
        let child = cmd!(shell, "-c", "sleep 60").unchecked().start()?;
        let pid = child.pids()[0].to_string();
        let mut its_child = String::new();
        while !is_sleep(&pid) && !is_sleep(its_child.trim()) {
            let list = format!("/proc/{pid}/task/{pid}/children");
            its_child = fs::read_to_string(list)?;
        }
        child.kill()?;
        println!("{shell}: {}", child.wait()?.status);
        if is_sleep(its_child.trim()) {
            println!("{shell}: its child sleeps on");
            cmd!("kill", its_child.trim()).run()?;
        }
    }
    Ok(())
}
