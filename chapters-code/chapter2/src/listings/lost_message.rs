use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let list = cmd!("ls", "-l", "/nonexistent_directory");
    if let Err(error) = list.run() {
        println!("not captured: {error}");
    }
    if let Err(error) = list.stderr_capture().run() {
        println!("captured: {error}");
    }
    Ok(())
}
