use anyhow::ensure;
use std::io::pipe;
use std::process::Command;

pub fn main() -> anyhow::Result<()> {
    let (to_sort, from_printf) = pipe()?;
    let (to_uniq, from_sort) = pipe()?;
    let mut printf = Command::new("printf")
        .arg(r"pear\napple\npear\n")
        .stdout(from_printf)
        .spawn()?;
    let mut sort = Command::new("sort")
        .stdin(to_sort)
        .stdout(from_sort)
        .spawn()?;
    let uniq = Command::new("uniq").stdin(to_uniq).status();
    let ended = [printf.wait()?, sort.wait()?, uniq?];
    ensure!(ended.iter().all(|it| it.success()), "{ended:?}");
    Ok(())
}
