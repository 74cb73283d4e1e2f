use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let cook = cmd!("sh", "-c", "echo dal; echo too hot >&2; exit 3");
    let stderr = cook.stderr_capture().unchecked().run()?.stderr;

    print!("taken: {}", String::from_utf8(stderr)?);
    Ok(())
}
