use signal_hook::{consts::SIGINT, flag};
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::sync::{Arc, atomic::AtomicBool, atomic::Ordering};

pub fn main() -> anyhow::Result<()> {
    let interrupted = Arc::new(AtomicBool::new(false));
    // From here on, an INT sets `interrupted` to true, and we go on.
    flag::register(SIGINT, Arc::clone(&interrupted))?;
    // `cat` is in our group, and reads from our stdin.
    let mut cat = Command::new("cat").spawn()?;
    // The `sleep` stands in for `tar`, and has a group of its own.
    let mut tar = Command::new("sleep").arg("3").process_group(0).spawn()?;
    println!("ready");

    println!("in our group, cat: {}", cat.wait()?);
    if interrupted.load(Ordering::SeqCst) {
        let runs = tar.try_wait()?.is_none();
        println!("we have caught INT; does tar still run? {runs}");
    }
    println!("in its own group, tar: {}", tar.wait()?);
    Ok(())
}
