use duct::cmd;
use std::io::{pipe, read_to_string};
use std::sync::mpsc::channel;
use std::{thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let (reader, writer) = pipe()?;
    let cook = cmd!("sh", "-c", "echo served >&2").stderr_file(writer);
    println!("the child: {}", cook.start()?.wait()?.status);

    let (tell, heard) = channel();
    thread::spawn(move || tell.send(read_to_string(reader)));
    if heard.recv_timeout(Duration::from_secs(1)).is_err() {
        println!("a second later: still reading");
    }
    drop(cook);
    println!("cook dropped: {:?}", heard.recv()??);
    Ok(())
}
