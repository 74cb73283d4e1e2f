use duct::cmd;
use std::io::{pipe, read_to_string};
use std::sync::mpsc::channel;
use std::{thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let (reader, writer) = pipe()?;
    let cook = cmd!("sh", "-c", "echo served >&2").stderr_file(writer);
    println!("the child: {}", cook.start()?.wait()?.status);

    let (tell, heard) = channel();
    // A thread reads to the end, and then sends the text, or an error.
    thread::spawn(move || {
        let text = read_to_string(reader);
        tell.send(text)
    });
    if heard.recv_timeout(Duration::from_secs(1)).is_err() {
        println!("a second later: still reading");
    }
    drop(cook);
    // The first `?` is for the channel, and the second for the read.
    let text = heard.recv()??;
    println!("cook dropped: {text:?}");
    Ok(())
}
