use duct::cmd;
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use std::io::{Write, pipe};

pub fn main() -> anyhow::Result<()> {
    let (reader, mut writer) = pipe()?;
    let script = "import os; os.set_blocking(1, False)";
    let guest = cmd!("python3", "-c", script);
    guest.stdout_file(writer.try_clone()?).run()?;

    let flags = fcntl_getfl(&writer)?;
    println!("O_NONBLOCK: {}", flags.contains(OFlags::NONBLOCK));
    let plates = [b'x'; 100_000];
    if let Err(error) = writer.write_all(&plates) {
        println!("write_all: {error}");
    }

    fcntl_setfl(&writer, flags - OFlags::NONBLOCK)?;
    let wc = cmd!("wc", "-c").stdin_file(reader).start()?;
    writer.write_all(&plates)?;
    println!("cleared: all is written");
    drop(writer);
    wc.wait()?;
    Ok(())
}
