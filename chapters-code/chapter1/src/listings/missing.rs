use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let missing = cmd!("no-such-program").unchecked();
    if let Err(error) = missing.run() {
        println!("directly: {:?}, {error}", error.kind());
    }

    let shell = cmd!("sh", "-c", "no-such-program").unchecked();
    let status = shell.stderr_null().run()?.status;
    println!("through sh: {status}");
    Ok(())
}
