use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let printf = cmd!("printf", r"\000\377");
    let bytes = printf.stdout_capture().run()?.stdout;

    println!("{bytes:?}");
    Ok(())
}
