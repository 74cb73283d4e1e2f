use duct::cmd;
use std::env::current_exe;

/// The child `start`: it starts what is not there.
pub fn start() -> anyhow::Result<()> {
    match cmd!("no-such-program").run() {
        Ok(_) => println!("started"),
        Err(error) => println!("an error: {error}"),
    }
    Ok(())
}

pub fn main() -> anyhow::Result<()> {
    for signal in ["--default-signal=CHLD", "--ignore-signal=CHLD"] {
        let child = cmd!("env", signal, current_exe()?, "child", "start");
        let output =
            child.unchecked().stdout_capture().stderr_capture().run()?;
        println!("{signal}: {}", output.status);
        print!("{}", String::from_utf8(output.stdout)?);
        for line in String::from_utf8(output.stderr)?.lines() {
            if line.starts_with("wait") {
                println!("a panic: {line}");
            }
        }
    }
    Ok(())
}
