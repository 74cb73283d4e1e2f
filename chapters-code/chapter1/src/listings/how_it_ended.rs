use duct::cmd;
use std::env::current_exe;

pub fn main() -> anyhow::Result<()> {
    for child in ["exit_259", "panic", "panic_in_a_thread", "abort"] {
        let run = cmd!(current_exe()?, "child", child).stderr_null();
        println!("{child}: {}", run.unchecked().run()?.status);
    }
    Ok(())
}
