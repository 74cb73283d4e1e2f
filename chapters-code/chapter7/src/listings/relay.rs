use duct::cmd;
use std::io::{self, BufRead, BufReader, pipe};
use std::thread;

const WAITER: &str = "
    n=0; while read -r dish; do n=$((n + 1)); echo \"$n: $dish\"; done
    echo \"$n dishes, coming up\"";

pub fn main() -> anyhow::Result<()> {
    let (stdin, mut orders) = pipe()?;
    let waiter = cmd!("sh", "-c", WAITER).stdin_file(stdin).reader()?;
    // The thread owns `orders`, and passes our stdin on until our stdin ends.
    thread::spawn(move || io::copy(&mut io::stdin(), &mut orders));
    for line in BufReader::new(waiter).lines() {
        println!("the waiter: {}", line?);
    }
    Ok(())
}
