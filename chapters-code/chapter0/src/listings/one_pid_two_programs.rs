use duct::cmd;

const SHELL: &str = "
    cut -d ' ' -f 1,2 /proc/$$/stat
    exec cut -d ' ' -f 1,2 /proc/self/stat";

pub fn main() -> anyhow::Result<()> {
    let child = cmd!("sh", "-c", SHELL).stdout_capture().start()?;
    println!("started: pid {}", child.pids()[0]);
    let output = child.wait()?;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        println!("then: pid {line}");
    }
    Ok(())
}
