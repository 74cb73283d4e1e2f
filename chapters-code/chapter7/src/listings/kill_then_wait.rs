use duct::{Expression, cmd};
use std::{process::Output, time::Duration};

fn within(limit: Duration, job: Expression) -> anyhow::Result<Output> {
    let child = job.stdout_capture().unchecked().start()?;
    if child.wait_timeout(limit)?.is_none() {
        child.kill()?;
    }
    Ok(child.into_output()?)
}

pub fn main() -> anyhow::Result<()> {
    for job in ["echo dal", "echo roti; exit 1", "echo kheer; exec sleep 60"] {
        let output = within(Duration::from_secs(1), cmd!("sh", "-c", job))?;
        let said = String::from_utf8(output.stdout)?;
        println!("{job}: {}, {said:?}", output.status);
    }
    Ok(())
}
