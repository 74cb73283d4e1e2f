use anyhow::ensure;
use rustix::io::{FdFlags, fcntl_setfd};
use std::fs::File;
use std::os::fd::AsRawFd;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let secret = File::open("secret")?;
    fcntl_setfd(&secret, FdFlags::empty())?;
    let path = format!("/dev/fd/{}", secret.as_raw_fd());
    let status = Command::new("cat").arg(path).status()?;
    ensure!(status.success(), "cat: {status}");
    Ok(())
}
