use duct::cmd;
use std::{thread, time::Instant};

pub fn main() -> anyhow::Result<()> {
    let start = Instant::now();
    let mut threads = Vec::new();
    for (dish, seconds) in [("dal", "2"), ("naan", "1"), ("kheer", "0")] {
        let script = "sleep $1; echo \"$0 took $1 s\"";
        let cook = cmd!("sh", "-c", script, dish, seconds);
        threads.push(thread::spawn(move || cook.read()));
    }
    for thread in threads {
        println!("{}", thread.join().expect("it does not panic")?);
    }
    println!("in under three seconds: {}", start.elapsed().as_secs() < 3);
    Ok(())
}
