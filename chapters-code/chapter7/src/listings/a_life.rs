use duct::cmd;
use std::{fs, io::Write, io::pipe};

// Reads the file until it shows the state, and then prints the state.
fn watch_for(stat: &str, step: &str, state: &str) -> anyhow::Result<()> {
    // The file begins like `1234 (sh) S `: the pid, the name, the state.
    while !fs::read_to_string(stat)?.contains(&format!(") {state} ")) {}
    println!("{step}: {state}");
    Ok(())
}

pub fn main() -> anyhow::Result<()> {
    let (reading_end, mut writing_end) = pipe()?;
    let shell = cmd!("sh", "-c", "read line; while :; do :; done");
    let shell = shell.stdin_file(reading_end).unchecked().start()?;
    let pid = shell.pids()[0].to_string();
    let stat = format!("/proc/{pid}/stat");
    watch_for(&stat, "read", "S")?;
    writeln!(writing_end, "go")?;
    watch_for(&stat, "a line", "R")?;
    for (signal, state) in [("STOP", "T"), ("TERM", "T"), ("CONT", "Z")] {
        cmd!("kill", "-s", signal, &pid).run()?;
        watch_for(&stat, signal, state)?;
    }
    println!("wait: {}", shell.wait()?.status);
    println!("/proc/PID exists: {}", fs::exists(&stat)?);
    Ok(())
}
