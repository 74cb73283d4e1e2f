use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    match cmd!("yes").pipe(cmd!("head", "-n1")).read() {
        Ok(line) => println!("yes | head: {line}"),
        Err(error) => println!("yes | head: {error}"),
    }
    let line = cmd!("yes").unchecked().pipe(cmd!("head", "-n1")).read()?;
    println!("yes unchecked: {line}");
    Ok(())
}
