use duct::cmd;
use std::env::current_exe;

pub fn main() -> anyhow::Result<()> {
    let child = cmd!(current_exe()?, "child", "no_such_help");
    let both = child.stdout_capture().stderr_capture();
    let output = both.unchecked().run()?;
    println!("stdout: {:?}", String::from_utf8(output.stdout)?);
    println!("{}", output.status);
    println!("stderr:\n{}", String::from_utf8(output.stderr)?);
    Ok(())
}
