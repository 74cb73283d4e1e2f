use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let text = vec![b'.'; 10_000_000];
    let cat = cmd!("cat").stdin_bytes(text.clone()).stdout_capture();
    println!("cat gave back {} bytes", cat.run()?.stdout.len());

    // `head` reads five bytes and exits.
    let head = cmd!("head", "-c5").stdin_bytes(text);
    println!("head took what it wanted: {}", head.read()?);
    Ok(())
}
