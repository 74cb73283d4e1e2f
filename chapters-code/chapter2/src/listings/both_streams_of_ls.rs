use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let output = cmd!("ls", "-l", "/nonexistent_directory")
        .stdout_capture()
        .stderr_capture()
        // Return an Output, whatever the status is.
        .unchecked()
        .run()?;
    // {:?} puts quotes around the text, and shows a newline as \n.
    println!("stdout: {:?}", String::from_utf8(output.stdout)?);
    println!("stderr: {:?}", String::from_utf8(output.stderr)?);
    println!("{}", output.status);
    Ok(())
}
