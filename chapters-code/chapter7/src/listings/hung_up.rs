use duct::cmd;
use std::io::{Write, pipe};

pub fn main() -> anyhow::Result<()> {
    let (stdin, mut orders) = pipe()?;
    let waiter = cmd!("sh", "-c", "read dish; echo \"$dish, and we close\"");
    let waiter = waiter.stdin_file(stdin);
    let closing = waiter.stdout_capture().start()?;
    writeln!(orders, "dal")?;
    let said = &closing.wait()?.stdout;
    print!("{}", String::from_utf8_lossy(said));
    println!("roti: {:?}", writeln!(orders, "roti"));
    drop(waiter);
    let kheer = writeln!(orders, "kheer").map_err(|e| e.kind());
    println!("kheer: {kheer:?}");
    Ok(())
}
