use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let mut jobs = Vec::new();
    for dish in ["dal", "raita", "naan"] {
        jobs.push(cmd!("echo", dish).stdout_capture().start()?);
    }
    for job in jobs {
        print!("{}", String::from_utf8(job.into_output()?.stdout)?);
    }
    Ok(())
}
