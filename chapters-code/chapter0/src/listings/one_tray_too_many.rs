use duct::cmd;
use std::env::current_exe;
use std::os::unix::process::ExitStatusExt;

pub fn main() -> anyhow::Result<()> {
    // The child is our own file again. Its arguments name a function.
    let child = cmd!(current_exe()?, "child", "one_tray_too_many");
    // unchecked(): the child may fail. run() starts it, and waits.
    let status = child.unchecked().run()?.status;
    println!("exit code: {:?}", status.code());
    println!("signal: {:?}", status.signal());
    println!("the parent goes on");
    Ok(())
}
