use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let words = cmd!("echo", "Hello, pipe!").pipe(cmd!("wc", "-w")).read()?;
    println!("{words}");
    Ok(())
}
