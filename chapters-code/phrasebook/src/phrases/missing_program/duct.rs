use duct::cmd;
use std::io::ErrorKind;

pub fn main() -> anyhow::Result<()> {
    match cmd!("no-such-program").run() {
        Ok(_) => println!("it is well"),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("it is not there");
        }
        Err(error) => println!("it failed: {error}"),
    }
    Ok(())
}
