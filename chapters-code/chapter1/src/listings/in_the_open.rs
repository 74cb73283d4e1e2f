use duct::cmd;
use std::{fs, io, os::unix::fs::PermissionsExt};

pub fn main() -> anyhow::Result<()> {
    // `hold` is the writing end. The child waits in `read line` for it.
    let (stdin, hold) = io::pipe()?;
    // The second "sh" is the script's name, and what follows is its argument.
    let child = cmd!("sh", "-c", "read line", "sh", "--password=hunter2")
        .env("TOKEN", "s3cret")
        .stdin_file(stdin)
        // When `hold` is dropped, `read` fails, and so does the child.
        .unchecked()
        .start()?;
    for name in ["cmdline", "environ"] {
        // pids()[0] is the child's process id.
        let file = format!("/proc/{}/{name}", child.pids()[0]);
        // & 0o777 keeps the permissions, and {mode:o} prints them in octal.
        let mode = fs::metadata(&file)?.permissions().mode() & 0o777;
        let text = fs::read_to_string(file)?;
        for secret in ["hunter2", "s3cret"] {
            if text.contains(secret) {
                println!("{secret} stands in {name}, mode {mode:o}");
            }
        }
    }
    drop(hold);
    child.wait()?;
    Ok(())
}
