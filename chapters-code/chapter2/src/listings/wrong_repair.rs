use std::process::{Command, Stdio};
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
        let mut stderr = child.stderr.take().expect("stderr is piped");
        let (tell, heard) = channel();
        thread::spawn(move || tell.send(stderr.read_to_end(&mut vec![])));
        let ended = heard.recv_timeout(Duration::from_secs(1)).is_ok();
        println!("{name}: {}", if ended { "finished" } else { "stuck" });
        child.kill()?;
        child.wait()?;
    }
    Ok(())
}
