use duct::cmd;
use std::{env::current_exe, process::Command};

/// The child `ask`: how does a command end that fails?
pub fn ask() -> anyhow::Result<()> {
    println!("false: {}", Command::new("false").status()?);
    Ok(())
}

/// The child `mend`: SIGCHLD is at its default before we ask.
#[allow(unsafe_code)]
pub fn mend() -> anyhow::Result<()> {
    // SAFETY: this program has one thread, and SIG_DFL runs nothing.
    unsafe { libc::signal(libc::SIGCHLD, libc::SIG_DFL) };
    ask()
}

pub fn main() -> anyhow::Result<()> {
    // `current_exe` returns the path of this program.
    let (me, ignore) = (current_exe()?, "--ignore-signal=CHLD");
    // Code that is not shown reads the arguments: it calls `ask` or `mend`.
    cmd!(&me, "child", "ask").run()?;
    // `unchecked()`: this start is meant to fail.
    cmd!("env", ignore, &me, "child", "ask").unchecked().run()?;
    cmd!("env", ignore, &me, "child", "mend").run()?;
    Ok(())
}
