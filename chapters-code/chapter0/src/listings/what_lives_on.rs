use duct::cmd;
use std::fs;
use std::io::{Read, pipe};

const COOK: &str = "
    echo 'two plates' >order.txt
    (sleep 1; echo 'the rice is done') &
    echo 'the cook goes home'";

pub fn main() -> anyhow::Result<()> {
    let (mut reader, writer) = pipe()?;
    let status = cmd!("sh", "-c", COOK).stdout_file(writer).run()?.status;
    println!("the shell has ended: {status}");
    let mut words = String::new();
    reader.read_to_string(&mut words)?;
    print!("{words}");
    print!("order.txt: {}", fs::read_to_string("order.txt")?);
    Ok(())
}
