use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let cook = cmd!("sh", "-c", "echo half a dish; exit 3");
    let status = cook.pipe(cmd!("cat")).unchecked().run()?.status;
    if !status.success() {
        println!("it failed: {}", status.code().unwrap_or(-1));
    }
    Ok(())
}
