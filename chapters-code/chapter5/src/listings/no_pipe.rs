use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let line = cmd!("echo", "Hello, pipe!", "|", "wc", "-w").read()?;
    println!("the bar as an argument: {line}");

    cmd!("echo", "Hello, pipe!").run()?;
    let words = cmd!("wc", "-w").stdin_null().read()?;
    println!("one after the other: {words} words");

    let hello = cmd!("echo", "Hello, pipe!").read()?;
    let words = cmd!("wc", "-w").stdin_bytes(hello).read()?;
    println!("carried across by hand: {words} words");
    Ok(())
}
