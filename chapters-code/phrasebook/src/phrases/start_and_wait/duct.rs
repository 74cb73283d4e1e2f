use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let job = cmd!("echo", "done").stdout_capture().start()?;
    println!("meanwhile");
    let output = job.into_output()?;

    print!("it says: {}", String::from_utf8(output.stdout)?);
    Ok(())
}
