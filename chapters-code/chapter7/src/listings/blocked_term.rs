use duct::{cmd, unix::HandleExt};
use std::{fs, time::Duration};

// A program for awk: print the name of each line `Sig...:` that has TERM.
// TERM is in the fourth digit from the end, if that is 4 to 7 or c to f.
const LINES_WITH_TERM: &str =
    r#"/^Sig...:.*[4-7c-f]...$/ { print "  TERM is in", $1 }"#;

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
        // `-F:` splits each line at the colon. `$1` is the part before it.
        cmd!("awk", "-F:", LINES_WITH_TERM, &file).run()?;
        // 15 is TERM.
        sleep.send_signal(15)?;
        let ended = sleep.wait_timeout(Duration::from_millis(500))?;
        println!("  ended by TERM: {}", ended.is_some());
        sleep.kill()?;
        sleep.wait()?;
    }
    Ok(())
}
