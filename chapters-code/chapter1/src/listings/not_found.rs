use anyhow::Context;
use duct::cmd;
use std::os::unix::fs::PermissionsExt;
use std::{fs, fs::Permissions};

pub fn main() -> anyhow::Result<()> {
    fs::write("tool", "#!/no/such/interpreter\n")?;
    fs::set_permissions("tool", Permissions::from_mode(0o755))?;

    let commands = [("no-such", "."), ("echo", "no-such"), ("./tool", ".")];
    for (program, dir) in commands {
        let result = cmd!(program).dir(dir).run();
        let explain = || format!("running {program} in {dir}");
        if let Err(error) = result.with_context(explain) {
            println!("{}", error.root_cause());
            println!("    {error:#}");
        }
    }
    Ok(())
}
