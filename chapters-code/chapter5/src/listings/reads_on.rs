use duct::cmd;
use std::io::{BufRead, BufReader, copy, sink};
use std::thread;

pub fn main() -> anyhow::Result<()> {
    let server = "sleep 0.5; echo a request; sleep 0.5";
    let script = format!("({server}) & echo ready");
    let mut reader = BufReader::new(cmd!("sh", "-c", script).reader()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    print!("the script's line: {line}");
    // The thread reads on, so that the server can always write.
    let rest = thread::spawn(move || copy(&mut reader, &mut sink()));
    println!("our program goes on");

    let rest = rest.join().expect("it does not panic")?;
    println!("later the server has ended; {rest} bytes were its own");
    Ok(())
}
