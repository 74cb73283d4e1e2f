use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let fruit = cmd!("printf", r"pear\napple\npear\n");
    fruit.pipe(cmd!("sort")).pipe(cmd!("uniq")).run()?;
    Ok(())
}
