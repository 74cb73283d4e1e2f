use duct::{cmd, unix::HandleExt};
use std::{fs, time::Duration};

// TERM is signal 15: the fifteenth bit from the right.
const TERM: u64 = 1 << 14;

pub fn main() -> anyhow::Result<()> {
    for words in [
        "--block-signal=TERM sleep 60",
        "--ignore-signal=TERM sleep 60",
        "--block-signal=TERM env --default-signal=TERM sleep 60",
    ] {
        println!("env {words}");
        let sleep = cmd("env", words.split(' ')).unchecked().start()?;
        let file = format!("/proc/{}/status", sleep.pids()[0]);
        // Wait until the last `env` has become `sleep`.
        while !fs::read_to_string(&file)?.contains("Name:\tsleep") {}
        for line in fs::read_to_string(&file)?.lines() {
            let is_wanted =
                line.starts_with("SigBlk") || line.starts_with("SigIgn");
            // Behind the colon and a tab stands a hexadecimal number, which
            // has a bit for each signal.
            if is_wanted && u64::from_str_radix(&line[8..], 16)? & TERM != 0 {
                println!("  TERM is in {}", &line[..6]);
            }
        }
        sleep.send_signal(15)?;
        let ended = sleep.wait_timeout(Duration::from_millis(500))?;
        println!("  ended by TERM: {}", ended.is_some());
        sleep.kill()?;
        sleep.wait()?;
    }
    Ok(())
}
