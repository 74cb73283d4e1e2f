use duct::cmd;
use std::env::current_exe;

pub fn main() -> anyhow::Result<()> {
    for name in ["exit_259", "panic", "panic_in_a_thread", "abort"] {
        // current_exe() is our own program. With the arguments `child` and
        // `exit_259`, for example, this program exits with 259.
        let child = cmd!(current_exe()?, "child", name).stderr_null();
        // Only here the child starts.
        let output = child.unchecked().run()?;
        println!("{name}: {}", output.status);
    }
    Ok(())
}
