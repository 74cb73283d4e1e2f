use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    cmd!("echo", "hello").stdout_path("out.txt").run()?;
    Ok(())
}
