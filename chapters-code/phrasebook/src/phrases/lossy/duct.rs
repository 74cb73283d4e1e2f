use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let printf = cmd!("printf", r"caf\351 au lait\n");
    let bytes = printf.stdout_capture().run()?.stdout;
    let text = String::from_utf8_lossy(&bytes);

    print!("{text}");
    Ok(())
}
