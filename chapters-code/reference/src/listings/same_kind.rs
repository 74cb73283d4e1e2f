use std::io::ErrorKind::{InvalidInput, PermissionDenied};
use std::os::unix::process::CommandExt;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let (mut group, mut negative) =
        (Command::new("true"), Command::new("true"));
    let (mut folder, mut nul) = (Command::new("/tmp"), Command::new("true"));
    group.process_group(5_000_000);
    negative.process_group(-2);
    nul.arg("be\0fore");

    for command in [&mut folder, &mut group, &mut nul, &mut negative] {
        let Err(error) = command.status() else {
            anyhow::bail!("{command:?} was started");
        };
        match (error.kind(), error.raw_os_error()) {
            (PermissionDenied, Some(13)) => println!("no executable file"),
            (PermissionDenied, _) => println!("not allowed: {error}"),
            (InvalidInput, None) => println!("a NUL byte: {error}"),
            _ => println!("the kernel says: {error}"),
        }
    }
    Ok(())
}
