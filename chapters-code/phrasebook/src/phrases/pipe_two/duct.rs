use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let fruit = cmd!("printf", r"pear\napple\n");
    fruit.pipe(cmd!("sort")).run()?;
    Ok(())
}
