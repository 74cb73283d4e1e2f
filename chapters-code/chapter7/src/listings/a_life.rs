use duct::cmd;
use std::{fs, io::Write, io::pipe};

pub fn main() -> anyhow::Result<()> {
    let (stdin, mut line) = pipe()?;
    let cook = cmd!("sh", "-c", "read line; while :; do :; done");
    let cook = cook.stdin_file(stdin).unchecked().start()?;
    let pid = cook.pids()[0].to_string();
    let stat = format!("/proc/{pid}/stat");
    let arrive = |event: &str, state: &str| -> anyhow::Result<()> {
        while !fs::read_to_string(&stat)?.contains(&format!(") {state} ")) {}
        println!("{event}: {state}");
        Ok(())
    };
    arrive("read", "S")?;
    writeln!(line, "go")?;
    arrive("a line", "R")?;
    for (signal, state) in [("STOP", "T"), ("TERM", "T"), ("CONT", "Z")] {
        cmd!("kill", "-s", signal, &pid).run()?;
        arrive(signal, state)?;
    }
    println!("wait: {}", cook.wait()?.status);
    println!("/proc/PID exists: {}", fs::exists(&stat)?);
    Ok(())
}
