use anyhow::ensure;
use std::io::pipe;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let (reader, writer) = pipe()?;
    let fruit = r"pear\napple\n";
    let mut printf =
        Command::new("printf").arg(fruit).stdout(writer).spawn()?;
    let sort = Command::new("sort").stdin(reader).status();
    let ended = [printf.wait()?, sort?];
    ensure!(ended.iter().all(|it| it.success()), "{ended:?}");
    Ok(())
}
