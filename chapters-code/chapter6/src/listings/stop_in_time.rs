use duct::{Handle, cmd, unix::HandleExt};
use std::io::{self, Read, copy, pipe, sink};
use std::{thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    let (mut reader, writer) = pipe()?;
    // This child ignores INT, and writes on.
    let script = "trap '' INT; while echo beep; do sleep 0.1; done";
    let sh = cmd!("sh", "-c", script).unchecked();
    let child = sh.stdout_file(writer).start()?;
    // Two beeps, each with its newline.
    reader.read_exact(&mut [0; 10])?;

    let more = thread::scope(|scope| {
        let asked = scope.spawn(|| stop(&child, Duration::from_secs(1)));
        // Read to the end, whatever the child makes of the INT.
        let more = copy(&mut reader, &mut sink())?;
        asked.join().expect("stop does not panic").map(|()| more)
    })?;
    println!("the child's end: {}", child.wait()?.status);
    println!("more came after the first two beeps: {}", more > 0);
    Ok(())
}

fn stop(child: &Handle, patience: Duration) -> io::Result<()> {
    child.send_signal(2)?;
    if child.wait_timeout(patience)?.is_none() {
        child.kill()?;
    }
    Ok(())
}
