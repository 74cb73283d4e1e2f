use duct::cmd;
use std::io::{pipe, read_to_string};
use std::sync::mpsc::channel;
use std::{thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let (reader, writer) = pipe()?;
    let cook = cmd!("sh", "-c", "echo served >&2").stderr_file(writer);
    println!("the child: {}", cook.start()?.wait()?.status);

    let (tell, heard) = channel();
    thread::spawn(move || {
        let text = read_to_string(reader);
        tell.send(text)
    });
    if heard.recv_timeout(Duration::from_secs(1)).is_err() {
        println!("a second later: still reading");
    }
    drop(cook);
    let text = heard.recv()??;
    println!("cook dropped: {text:?}");
    Ok(())
}
