use anyhow::ensure;
use duct::{Expression, cmd};

pub fn main() -> anyhow::Result<()> {
    print!("{}", output_of(&cmd!("echo", "all is well"))?);
    if let Err(error) = output_of(&cmd!("ls", "-l", "/nonexistent_directory")) {
        println!("{error}");
    }
    Ok(())
}

fn output_of(command: &Expression) -> anyhow::Result<String> {
    let captured = command.stdout_capture().stderr_capture();
    let output = captured.unchecked().run()?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    let reason = format!("{} ({})", complaint.trim_end(), output.status);
    ensure!(output.status.success(), reason);
    Ok(String::from_utf8(output.stdout)?)
}
