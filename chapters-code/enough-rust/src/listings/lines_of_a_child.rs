use duct::cmd;
use std::io::{BufRead, BufReader};

pub fn main() -> anyhow::Result<()> {
    let menu = cmd!("printf", r"dal\ncaf\351\nnaan\n");
    let lines = BufReader::new(menu.reader()?).lines();
    let some: Vec<String> = lines.map_while(Result::ok).collect();
    println!("map_while: {some:?}");

    let lines = BufReader::new(menu.reader()?).lines();
    match lines.collect::<Result<Vec<_>, _>>() {
        Ok(all) => println!("collect: {all:?}"),
        Err(error) => println!("collect: {error}"),
    }
    for bytes in menu.stdout_capture().run()?.stdout.split(|&b| b == b'\n') {
        println!("{bytes:?} {:?}", String::from_utf8_lossy(bytes));
    }
    Ok(())
}
