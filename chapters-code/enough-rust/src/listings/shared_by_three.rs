use duct::cmd;
use std::{sync::Arc, thread};

pub fn main() -> anyhow::Result<()> {
    let cook = cmd!("sh", "-c", "sleep 1; exit 3").unchecked();
    let cook = Arc::new(cook.start()?);
    let mut threads = Vec::new();
    for _ in 0..3 {
        let cook = Arc::clone(&cook);
        threads.push(thread::spawn(move || {
            cook.wait().map(|output| output.status)
        }));
    }
    for thread in threads {
        println!("{}", thread.join().expect("it does not panic")?);
    }
    println!("holders left: {}", Arc::strong_count(&cook));
    Ok(())
}
