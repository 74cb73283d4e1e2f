use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let cook = cmd!("sh", "-c", "echo dal; echo too hot >&2");
    cook.stdout_null().stderr_null().run()?;
    Ok(())
}
