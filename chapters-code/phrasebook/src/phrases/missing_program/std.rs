use std::io::ErrorKind;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    match Command::new("no-such-program").status() {
        Ok(status) if status.success() => println!("it is well"),
        Ok(status) => println!("it failed: {status}"),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("it is not there");
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}
