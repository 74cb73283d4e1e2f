use anyhow::ensure;
use duct::{Expression, cmd};

pub fn main() -> anyhow::Result<()> {
    print!("{}", output_of(&cmd!("echo", "all is well"))?);
    if let Err(error) = output_of(&cmd!("ls", "-l", "/nonexistent_directory")) {
        println!("{error}");
    }
    Ok(())
}

// An Expression is what cmd! makes.
fn output_of(command: &Expression) -> anyhow::Result<String> {
    // This is a new expression. Nothing runs yet.
    let captured = command.stdout_capture().stderr_capture();
    let output = captured.unchecked().run()?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    let reason = format!("{} ({})", complaint.trim_end(), output.status);
    // Only if the child failed, return an error with the text `reason`.
    ensure!(output.status.success(), reason);
    Ok(String::from_utf8(output.stdout)?)
}
