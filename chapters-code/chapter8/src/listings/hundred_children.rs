use std::{fs, io};
use tokio::{process::Command, task};

// This folder has an entry for each thread of the process.
fn threads() -> io::Result<usize> {
    Ok(fs::read_dir("/proc/self/task")?.count())
}

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> anyhow::Result<()> {
    let (stdin, writer) = io::pipe()?;
    let mut tasks = task::JoinSet::new();
    for _ in 0..100 {
        let stdin = stdin.try_clone()?;
        tasks.spawn(Command::new("cat").stdin(stdin).output());
    }
    // `output()` has started the child already. Here tasks get a turn.
    task::yield_now().await;
    println!("100 children by tokio: {} thread", threads()?);
    let cat = duct::cmd!("cat").stdin_file(stdin);
    let cat = cat.stdout_capture().stderr_capture();
    let started = (0..20).map(|_| cat.start()).collect::<Vec<_>>();
    println!("20 more by duct: {} threads", threads()?);
    drop(writer);
    tasks.join_all().await;
    for child in started {
        child?.wait()?;
    }
    Ok(())
}
