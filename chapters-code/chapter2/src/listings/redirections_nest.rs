use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let cook = cmd!("sh", "-c", "echo chop; echo too hot >&2; echo serve");
    let output = cook.stderr_to_stdout().stdout_capture().run()?;
    println!("captured {:?}", String::from_utf8(output.stdout)?);

    let output = cook.stdout_capture().stderr_to_stdout().run()?;
    println!("captured {:?}", String::from_utf8(output.stdout)?);
    Ok(())
}
