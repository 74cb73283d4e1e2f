use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let cook = cmd!("sh", "-c", "echo dal; echo too hot >&2; exit 3");
    let both = cook.stdout_capture().stderr_capture();
    let output = both.unchecked().run()?;

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
