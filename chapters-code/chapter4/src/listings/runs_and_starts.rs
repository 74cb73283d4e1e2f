use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let job = cmd!("sh", "-c", "echo begins; sleep 1; echo ends");
    println!("two runs:");
    job.run()?;
    job.run()?;
    println!("two starts:");
    let (first, second) = (job.start()?, job.start()?);
    first.wait()?;
    second.wait()?;
    Ok(())
}
