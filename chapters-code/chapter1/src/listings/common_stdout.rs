use duct::cmd;
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use std::io::{Write, pipe};

pub fn main() -> anyhow::Result<()> {
    let (reader, mut stdout) = pipe()?;
    let guest = "import os; os.set_blocking(1, False)";
    let guest = cmd!("python3", "-c", guest);
    guest.stdout_file(stdout.try_clone()?).run()?;

    let flags = fcntl_getfl(&stdout)?;
    println!("O_NONBLOCK: {}", flags.contains(OFlags::NONBLOCK));
    let plates = [b'x'; 100_000];
    if let Err(error) = stdout.write_all(&plates) {
        println!("write_all: {error}");
    }

    fcntl_setfl(&stdout, flags - OFlags::NONBLOCK)?;
    let wc = cmd!("wc", "-c").stdin_file(reader).start()?;
    stdout.write_all(&plates)?;
    println!("cleared: all is written");
    drop(stdout);
    wc.wait()?;
    Ok(())
}
