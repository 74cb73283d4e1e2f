use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::{fs, thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    for size in [60_000, 200_000] {
        let mut cat = Command::new("cat")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut stdin = cat.stdin.take().expect("stdin is piped");
        let (tell, heard) = channel();
        // The thread returns `stdin`, so it stays open until we join.
        let writer = thread::spawn(move || {
            tell.send(stdin.write_all(&vec![b'.'; size]))
                .map(|()| stdin)
        });
        if heard.recv_timeout(Duration::from_secs(1)).is_ok() {
            println!("{size} bytes: written");
        } else {
            let at = fs::read_to_string(format!("/proc/{}/wchan", cat.id()))?;
            println!("{size} bytes: stuck, cat in {at}");
        }
        cat.kill()?;
        cat.wait()?;
        drop(writer.join());
    }
    Ok(())
}
