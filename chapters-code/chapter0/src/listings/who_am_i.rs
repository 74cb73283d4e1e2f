use std::{fs, process};

pub fn main() -> anyhow::Result<()> {
    println!("before: pid {}", process::id());
    fs::write("/proc/self/comm", "butter chicken")?;
    println!("after: pid {}", process::id());

    for line in fs::read_to_string("/proc/self/status")?.lines() {
        if let Some((field, value)) = line.split_once(":\t") {
            match field {
                "Name" | "State" | "Threads" => println!("{field}: {value}"),
                "Pid" => println!("Pid: this is pid {value}"),
                "PPid" => println!("PPid: the parent is pid {value}"),
                _ => {}
            }
        }
    }
    Ok(())
}
