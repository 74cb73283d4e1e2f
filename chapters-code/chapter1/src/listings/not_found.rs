use anyhow::Context;
use duct::cmd;
use std::os::unix::fs::PermissionsExt;
use std::{fs, fs::Permissions};

pub fn main() -> anyhow::Result<()> {
    // A script whose interpreter does not exist.
    fs::write("tool", "#!/no/such/interpreter\n")?;
    // Everybody may read and execute it.
    fs::set_permissions("tool", Permissions::from_mode(0o755))?;

    // Each is a program, and the directory in which it is to run.
    let commands = [("no-such", "."), ("echo", "no-such"), ("./tool", ".")];
    for (program, dir) in commands {
        let result = cmd!(program).dir(dir).run();
        // A closure without parameters, like `lambda:` in Python.
        let explain = || format!("running {program} in {dir}");
        // If `result` is an error, put our sentence before its message.
        if let Err(error) = result.with_context(explain) {
            // The system's message alone.
            println!("{}", error.root_cause());
            // Our sentence, and then the system's message.
            println!("    {error:#}");
        }
    }
    Ok(())
}
