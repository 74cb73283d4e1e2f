use duct::{cmd, unix::HandleExt};
use std::{fs, time::Duration};

/// Bit 14 is the 4 in the fourth hexadecimal digit from the end.
const BIT_14: &str = r"s/^(Sig...):.*[4-7c-f]...$/  TERM is in \1/p";

pub fn main() -> anyhow::Result<()> {
    for env in [
        "--block-signal=TERM sleep 60",
        "--ignore-signal=TERM sleep 60",
        "--block-signal=TERM env --default-signal=TERM sleep 60",
    ] {
        println!("env {env}");
        let sleep = cmd("env", env.split(' ')).unchecked().start()?;
        let file = format!("/proc/{}/status", sleep.pids()[0]);
        while !fs::read_to_string(&file)?.contains("Name:\tsleep") {}
        cmd!("sed", "-nE", BIT_14, &file).run()?;
        sleep.send_signal(15)?;
        let ended = sleep.wait_timeout(Duration::from_millis(500))?;
        println!("  ended by TERM: {}", ended.is_some());
        sleep.kill()?;
        sleep.wait()?;
    }
    Ok(())
}
