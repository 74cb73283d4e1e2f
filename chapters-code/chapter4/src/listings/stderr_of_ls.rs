use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let ls = cmd!("ls", "/nonexistent_directory")
        .stderr_capture()
        .unchecked()
        .start()?;
    println!("ls is on its way");
    let output = ls.wait()?;
    print!("stderr: {}", String::from_utf8_lossy(&output.stderr));
    println!("{}", output.status);
    Ok(())
}
