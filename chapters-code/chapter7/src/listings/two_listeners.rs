use duct::cmd;
use std::io::{BufRead, BufReader, Write, pipe};
use std::{fs, process, thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let (stdin, mut questions) = pipe()?;
    let tr = cmd!("tr", "a-z", "A-Z").stdin_file(stdin).reader()?;
    let child = tr.pids()[0];
    writeln!(questions, "is anybody there?")?;
    let referee = thread::spawn(move || {
        thread::sleep(Duration::from_secs(1));
        for (name, id) in [("tr", child), ("we", process::id())] {
            let place = fs::read_to_string(format!("/proc/{id}/wchan"))?;
            println!("a second later: {name} in {place}");
        }
        drop(questions);
        anyhow::Ok(())
    });
    for answer in BufReader::new(tr).lines() {
        println!("then: {}", answer?);
    }
    referee.join().expect("the referee does not panic")
}
