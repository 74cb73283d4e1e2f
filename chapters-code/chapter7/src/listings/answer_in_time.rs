use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};
use std::{sync::Arc, sync::mpsc::channel, thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    for program in ["cat", "sort"] {
        let (stdin, mut questions) = pipe()?;
        let child = cmd!(program).stdin_file(stdin).unchecked().reader()?;
        let child = Arc::new(child);
        let (tell, heard) = channel();
        let theirs = Arc::clone(&child);
        thread::spawn(move || {
            for answer in BufReader::new(theirs.as_ref()).lines() {
                tell.send(answer).expect("main hears it");
            }
        });
        writeln!(questions, "are you there?")?;
        match heard.recv_timeout(Duration::from_secs(1)) {
            Ok(answer) => println!("{program}: {}", answer?),
            Err(error) => println!("{program}: {error}"),
        }
        child.kill()?;
        println!("killed: {} more answers", heard.iter().count());
    }
    Ok(())
}
