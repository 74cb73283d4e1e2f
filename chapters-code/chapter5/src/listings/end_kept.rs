use std::process::{Command, Stdio};
use std::{thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let mut yes = Command::new("yes").stdout(Stdio::piped()).spawn()?;
    let end = yes.stdout.take().expect("stdout is piped");
    let mut head = Command::new("head");
    head.arg("-n1").stdin(end);
    println!("head: {}", head.status()?);
    thread::sleep(Duration::from_secs(1));
    println!("yes, a second later: {:?}", yes.try_wait()?);
    drop(head);
    println!("yes, after drop(head): {}", yes.wait()?);
    Ok(())
}
