use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let output = cmd!("ls", "-l", "/nonexistent_directory")
        .stdout_capture()
        .stderr_capture()
        .unchecked()
        .run()?;
    println!("stdout: {:?}", String::from_utf8(output.stdout)?);
    println!("stderr: {:?}", String::from_utf8(output.stderr)?);
    println!("{}", output.status);
    Ok(())
}
