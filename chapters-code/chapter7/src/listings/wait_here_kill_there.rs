use duct::cmd;
use std::{sync::Arc, thread};

pub fn main() -> anyhow::Result<()> {
    let child = Arc::new(cmd!("sleep", "60").unchecked().start()?);
    // `map` starts a thread for 1 and a thread for 2.
    let waiters = [1, 2].map(|n| {
        // One more owner of the same handle, for the new thread.
        let child = Arc::clone(&child);
        thread::spawn(move || {
            let status = child.wait()?.status;
            // `anyhow::Ok` names the type of the error, `anyhow::Error`.
            anyhow::Ok(format!("waiter {n}: {status}"))
        })
    });
    child.kill()?;
    for waiter in waiters {
        println!("{}", waiter.join().expect("it does not panic")?);
    }
    println!("and once more: {}", child.wait()?.status);
    Ok(())
}
