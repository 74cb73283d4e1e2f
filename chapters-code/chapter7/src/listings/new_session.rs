use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    // `setsid` makes a session, and becomes the program that follows it.
    let cat = cmd!("setsid", "cat", "/dev/tty").unchecked().run()?;
    println!("cat /dev/tty: {}", cat.status);

    println!("ready");
    let line = cmd!("setsid", "head", "-n", "1").read()?;
    println!("head has read: {line}");
    Ok(())
}
