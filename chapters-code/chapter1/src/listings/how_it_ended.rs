use duct::cmd;
use std::env::current_exe;

pub fn main() -> anyhow::Result<()> {
    for name in ["exit_259", "panic", "panic_in_a_thread", "abort"] {
        let child = cmd!(current_exe()?, "child", name).stderr_null();
        let output = child.unchecked().run()?;
        println!("{name}: {}", output.status);
    }
    Ok(())
}
