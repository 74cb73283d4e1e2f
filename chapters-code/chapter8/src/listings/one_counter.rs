use duct::cmd;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::{env::current_exe, thread};

static PLATES: AtomicUsize = AtomicUsize::new(0);

/// What each cook does. It is also the child `cook`.
pub fn cook() -> anyhow::Result<()> {
    // Add 1 in one step, and return the number that was there before.
    let before = PLATES.fetch_add(1, Relaxed);
    println!("plate {}", before + 1);
    Ok(())
}

pub fn main() -> anyhow::Result<()> {
    println!("two threads:");
    thread::spawn(cook).join().expect("cook does not panic")?;
    thread::spawn(cook).join().expect("cook does not panic")?;
    println!("two children:");
    // This program again. With these arguments it calls only `cook`.
    cmd!(current_exe()?, "child", "cook").run()?;
    cmd!(current_exe()?, "child", "cook").run()?;
    println!("we count {} plates", PLATES.load(Relaxed));
    Ok(())
}
