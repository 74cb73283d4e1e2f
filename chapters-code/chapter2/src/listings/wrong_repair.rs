use std::process::{ChildStderr, Command, Stdio};
use std::sync::mpsc::channel;
use std::{io::Read, thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    for (name, script) in [
        ("much on stderr", "printf %65537s >&2; echo finished"),
        ("much on stdout", "printf %65537s; echo finished >&2"),
    ] {
        let mut child = Command::new("sh")
            .args(["-c", script])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let stderr = child.stderr.take().expect("stderr is piped");
        if ends_in_time(stderr) {
            println!("{name}: finished");
        } else {
            println!("{name}: stuck");
        }
        child.kill()?;
        child.wait()?;
    }
    Ok(())
}

/// A thread reads stderr to its end. True if that takes at most a second.
fn ends_in_time(mut stderr: ChildStderr) -> bool {
    let (tell, heard) = channel();
    thread::spawn(move || tell.send(stderr.read_to_end(&mut vec![])));
    heard.recv_timeout(Duration::from_secs(1)).is_ok()
}
