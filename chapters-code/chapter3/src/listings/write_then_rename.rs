use duct::{Expression, cmd};
use std::{fs, io};

fn replace(path: &str, child: Expression) -> io::Result<()> {
    let new = format!("{path}.new");
    child.stdout_path(&new).run()?;
    // Opened again for `sync_all`, which waits until it is on the disk.
    fs::File::open(&new)?.sync_all()?;
    fs::rename(new, path)
}

pub fn main() -> anyhow::Result<()> {
    fs::write("names", "pear\napple\n")?;
    let missing = replace("names", cmd!("no-such-program"));
    let error = missing.expect_err("there is no such program");
    println!("replace: {:?}", error.kind());
    println!("names: {:?}", fs::read_to_string("names")?);

    replace("names", cmd!("sort", "names"))?;
    println!("names: {:?}", fs::read_to_string("names")?);
    Ok(())
}
