use std::fs::{Permissions, set_permissions, write};
use std::io::ErrorKind::ExecutableFileBusy;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::{thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    write("tool", "#!/bin/sh\necho hello\n")?;
    set_permissions("tool", Permissions::from_mode(0o755))?;
    let status = loop {
        match Command::new("./tool").status() {
            Err(error) if error.kind() == ExecutableFileBusy => {
                thread::sleep(Duration::from_millis(2));
            }
            status => break status?,
        }
    };

    anyhow::ensure!(status.success());
    Ok(())
}
