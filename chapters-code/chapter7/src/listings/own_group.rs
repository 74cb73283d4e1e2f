use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

pub fn main() -> anyhow::Result<()> {
    for own_stdin in [false, true] {
        let mut command = Command::new("cat");
        command.process_group(0);
        if own_stdin {
            command.stdin(Stdio::null());
        }
        let mut cat = command.spawn()?;
        println!("own stdin: {own_stdin}, cat is stopped: {}", stops(&cat)?);
        // A `cat` that is stopped would not end by itself.
        cat.kill()?;
        cat.wait()?;
    }
    Ok(())
}

/// Waits until the child is stopped or has ended, and leaves it as it is.
fn stops(child: &Child) -> anyhow::Result<bool> {
    let until = WaitIdOptions::STOPPED | WaitIdOptions::EXITED;
    let child = WaitId::Pid(Pid::from_child(child));
    let status = waitid(child, until | WaitIdOptions::NOWAIT)?;
    Ok(status.is_some_and(|status| status.stopped()))
}
