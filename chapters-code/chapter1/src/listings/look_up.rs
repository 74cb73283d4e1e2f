use duct::cmd;
use std::os::unix::fs::PermissionsExt;
use std::{env, fs, fs::Permissions};

pub fn main() -> anyhow::Result<()> {
    fs::create_dir("bin")?;
    fs::write("bin/date", "#!/bin/sh\necho not today\n")?;
    fs::set_permissions("bin/date", Permissions::from_mode(0o755))?;

    let path = env::current_dir()?.join("bin");
    println!("{}", cmd!("date").env("PATH", path).read()?);

    // An empty list. Rust cannot guess its type, so the type stands here.
    let nothing: [(&str, &str); 0] = [];
    // full_env: the child gets the variables of this list, and no others.
    let status = cmd!("true").full_env(nothing).run()?.status;
    println!("no PATH at all: {status}");
    Ok(())
}
