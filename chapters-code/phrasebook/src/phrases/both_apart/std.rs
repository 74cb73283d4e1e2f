use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let cook = ["-c", "echo dal; echo too hot >&2; exit 3"];
    let output = Command::new("sh").args(cook).output()?;

    let [stdout, stderr] =
        [output.stdout, output.stderr].map(String::from_utf8);
    let code = output.status.code().unwrap_or(-1);
    println!(
        "{} and {}: {code}",
        stdout?.trim_end(),
        stderr?.trim_end()
    );
    Ok(())
}
