use duct::{cmd, unix::HandleExt};
use signal_hook::{consts::*, iterator::Signals, low_level::raise};
use std::{os::unix::process::CommandExt, sync::Arc, thread};

pub fn main() -> anyhow::Result<()> {
    // From here on, an INT does not end us.
    let mut signals = Signals::new([SIGINT])?;
    let server = cmd!("sleep", "60").unchecked();
    let server = server.before_spawn(|command| {
        command.process_group(0);
        Ok(())
    });
    let server = Arc::new(server.start()?);

    let its_end = Arc::clone(&server);
    thread::spawn(move || {
        for _ in signals.forever() {
            println!("INT has come, the server gets TERM");
            its_end.send_signal(SIGTERM).expect("TERM may be sent");
        }
    });
    // In place of a Ctrl-C, the program sends INT to itself.
    raise(SIGINT)?;
    println!("the server: {}", server.wait()?.status);
    Ok(())
}
