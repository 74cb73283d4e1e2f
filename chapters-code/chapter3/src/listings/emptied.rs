use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    fs::write("report", "yesterday: all well\n")?;
    let missing = cmd!("no-such-program").stdout_path("report").run();
    // expect_err returns the error. If there were none, it would panic.
    let error = missing.expect_err("there is no such program");
    println!("run: {:?}", error.kind());
    println!("report: {} bytes", fs::metadata("report")?.len());

    fs::write("names", "pear\napple\n")?;
    let sorted = cmd!("sort", "names").stdout_path("names").run()?;
    println!("sort: {}", sorted.status);
    println!("names: {} bytes", fs::metadata("names")?.len());
    Ok(())
}
