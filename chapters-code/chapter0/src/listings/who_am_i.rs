use std::{fs, process};

pub fn main() -> anyhow::Result<()> {
    println!("before: pid {}", process::id());
    // `?`: if this has failed, end here and return the error.
    fs::write("/proc/self/comm", "butter chicken")?;
    println!("after: pid {}", process::id());

    for line in fs::read_to_string("/proc/self/status")?.lines() {
        // "Threads:\t1" becomes "Threads" and "1". `\t` is a tab.
        if let Some((field, value)) = line.split_once(":\t") {
            match field {
                "Name" | "State" | "Threads" => println!("{field}: {value}"),
                "Pid" => println!("Pid: this is pid {value}"),
                "PPid" => println!("PPid: the parent is pid {value}"),
                // Every other field: do nothing.
                _ => {}
            }
        }
    }
    Ok(())
}
