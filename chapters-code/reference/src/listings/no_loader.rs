use duct::cmd;
use std::{env, fs};

pub fn main() -> anyhow::Result<()> {
    for (name, other) in [("ld-linux", "ld-lemon"), ("libc.so.6", "libc.so.9")]
    {
        // This program itself, but for one name in it.
        fs::copy(env::current_exe()?, "tool")?;
        let mut program = fs::read("tool")?;
        for at in 0..program.len() - name.len() {
            if program[at..].starts_with(name.as_bytes()) {
                program[at..][..name.len()].copy_from_slice(other.as_bytes());
            }
        }
        fs::write("tool", program)?;

        match cmd!("./tool", "--list").unchecked().run() {
            Ok(output) => println!("{other}: started, {}", output.status),
            Err(error) => println!("{other}: not started, {error}"),
        }
    }
    Ok(())
}
