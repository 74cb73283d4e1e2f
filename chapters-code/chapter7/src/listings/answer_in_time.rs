use duct::{ReaderHandle, cmd};
use std::io::{self, BufRead, BufReader, Write, pipe};
use std::sync::{Arc, mpsc::Receiver, mpsc::channel};
use std::{thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    for program in ["cat", "sort"] {
        let (stdin, mut questions) = pipe()?;
        let child = cmd!(program).stdin_file(stdin).unchecked().reader()?;
        let child = Arc::new(child);
        let answers = listen(Arc::clone(&child));
        writeln!(questions, "are you there?")?;
        match answers.recv_timeout(Duration::from_secs(1)) {
            Ok(answer) => println!("{program}: {}", answer?),
            Err(error) => println!("{program}: {error}"),
        }
        child.kill()?;
        println!("killed: {} more answers", answers.iter().count());
    }
    Ok(())
}

/// Reads the child's lines in a thread, which sends them on.
fn listen(child: Arc<ReaderHandle>) -> Receiver<io::Result<String>> {
    let (tell, heard) = channel();
    thread::spawn(move || {
        for answer in BufReader::new(child.as_ref()).lines() {
            tell.send(answer).expect("main hears it");
        }
    });
    heard
}
