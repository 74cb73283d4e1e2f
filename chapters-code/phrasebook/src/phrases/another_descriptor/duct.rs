use duct::cmd;
use rustix::io::{FdFlags, fcntl_setfd};
use std::fs::File;
use std::os::fd::AsRawFd;

pub fn main() -> anyhow::Result<()> {
    let secret = File::open("secret")?;
    fcntl_setfd(&secret, FdFlags::empty())?;
    cmd!("cat", format!("/dev/fd/{}", secret.as_raw_fd())).run()?;
    Ok(())
}
