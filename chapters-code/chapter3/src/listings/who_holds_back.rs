use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    fs::write("log", "first\n")?;
    cmd!("mkfifo", "gate").run()?;
    for tool in [
        "cat",
        "grep -h .",
        "grep -h --line-buffered .",
        "awk 1",
        "stdbuf -oL awk 1",
    ] {
        let other = "{ echo last >&3; } 3>&1 >gate";
        let script = format!("{other} & {tool} log gate; wait");
        let said = cmd!("sh", "-c", script).read()?;
        println!("{tool}: {}", said.replace('\n', ", "));
    }
    Ok(())
}
