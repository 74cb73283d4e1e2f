use duct::cmd;
use std::io::{BufRead, BufReader, pipe};
use std::thread;

const WORK: &str = "
    for n in 1 2 3; do echo \"row $n\"; echo \"$n of 3\" >&2; done";

pub fn main() -> anyhow::Result<()> {
    let (progress, writer) = pipe()?;
    let rows = cmd!("sh", "-c", WORK).stderr_file(writer).reader()?;
    // A second thread reads the progress.
    let watch = thread::spawn(|| {
        for line in BufReader::new(progress).lines() {
            eprintln!("progress: {}", line?);
        }
        Ok(())
    });
    for row in BufReader::new(rows).lines() {
        println!("data: {}", row?);
    }
    // Wait for the thread's end, and return the thread's result.
    watch.join().expect("the watcher does not panic")
}
