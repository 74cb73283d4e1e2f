use duct::{Expression, cmd};
use std::{io, process::ExitStatus, time::Duration};

fn within(
    time: Duration,
    command: &Expression,
) -> io::Result<Option<ExitStatus>> {
    let child = command.unchecked().start()?;
    if let Some(output) = child.wait_timeout(time)? {
        return Ok(Some(output.status));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

pub fn main() -> anyhow::Result<()> {
    for script in ["exit 3", "kill $$", "exec sleep 60"] {
        match within(Duration::from_secs(1), &cmd!("sh", "-c", script))? {
            Some(status) => println!("{script}: {status}"),
            None => println!("{script}: too late, ended by us"),
        }
    }
    Ok(())
}
