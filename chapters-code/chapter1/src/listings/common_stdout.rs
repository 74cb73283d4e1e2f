use duct::cmd;
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use std::io::{Write, pipe};

pub fn main() -> anyhow::Result<()> {
    let (reader, mut writer) = pipe()?;
    // Sets `O_NONBLOCK` on descriptor 1, the guest's stdout.
    let script = "import os; os.set_blocking(1, False)";
    let guest = cmd!("python3", "-c", script);
    // The guest's stdout is a copy of `writer`.
    guest.stdout_file(writer.try_clone()?).run()?;

    let flags = fcntl_getfl(&writer)?;
    println!("O_NONBLOCK: {}", flags.contains(OFlags::NONBLOCK));
    // More bytes than a pipe holds.
    let plates = [b'x'; 100_000];
    if let Err(error) = writer.write_all(&plates) {
        println!("write_all: {error}");
    }

    // All flags as they were, but without `O_NONBLOCK`.
    fcntl_setfl(&writer, flags - OFlags::NONBLOCK)?;
    let wc = cmd!("wc", "-c").stdin_file(reader).start()?;
    writer.write_all(&plates)?;
    println!("cleared: all is written");
    // When no writer is left, `wc` meets the end.
    drop(writer);
    wc.wait()?;
    Ok(())
}
