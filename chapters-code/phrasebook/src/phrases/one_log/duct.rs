use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let cook = "echo chop; echo too hot >&2; echo serve";
    let both = cmd!("sh", "-c", cook).stderr_to_stdout();
    both.stdout_path("log").run()?;
    Ok(())
}
