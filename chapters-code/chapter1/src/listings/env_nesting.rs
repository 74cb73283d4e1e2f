use duct::cmd;
use std::env;

#[allow(unsafe_code)]
pub fn main() -> anyhow::Result<()> {
    let inner = cmd!("printenv", "DISH").env("DISH", "inner");
    println!("{}", inner.env("DISH", "outer").read()?);

    // `ask` is made first, and our own DISH is set after that.
    let ask = cmd!("printenv", "DISH");
    // SAFETY: this program has no other thread.
    unsafe { env::set_var("DISH", "set after the expression was made") };
    println!("{}", ask.read()?);
    Ok(())
}
