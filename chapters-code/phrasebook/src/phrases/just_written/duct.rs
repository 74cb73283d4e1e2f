use duct::cmd;
use std::fs::{Permissions, set_permissions, write};
use std::io::ErrorKind::ExecutableFileBusy;
use std::os::unix::fs::PermissionsExt;
use std::{thread, time::Duration};

pub fn main() -> anyhow::Result<()> {
    write("tool", "#!/bin/sh\necho hello\n")?;
    set_permissions("tool", Permissions::from_mode(0o755))?;
    while let Err(error) = cmd!("./tool").run() {
        if error.kind() != ExecutableFileBusy {
            return Err(error.into());
        }
        thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}
