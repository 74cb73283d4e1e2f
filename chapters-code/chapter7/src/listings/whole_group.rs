use duct::cmd;
use rustix::process::{Pid, Signal, kill_process_group};
use std::{io::Read, os::unix::process::CommandExt, time::Instant};

pub fn main() -> anyhow::Result<()> {
    let build = cmd!("sh", "-c", "sleep 2 & echo started; wait");
    let build = build.unchecked().before_spawn(|command| {
        command.process_group(0);
        Ok(())
    });
    for whom in ["the child", "the group"] {
        let start = Instant::now();
        let mut build = build.reader()?;
        build.read_exact(&mut [0; 8])?;
        if whom == "the child" {
            build.kill()?;
        } else if let Some(group) = Pid::from_raw(build.pids()[0] as i32) {
            kill_process_group(group, Signal::KILL)?;
        }
        build.read_to_end(&mut vec![])?;
        let took = start.elapsed().as_secs_f64();
        println!("killed {whom}: end of file after {took:.3} s");
    }
    Ok(())
}
