use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    fs::write("dal.txt", "lentils\n")?;
    fs::write("raita.txt", "yoghurt\n")?;
    let list = cmd!("ls", "dal.txt", "naan.txt", "raita.txt");
    // A failed status is an error here.
    if let Err(error) = list.stderr_null().read() {
        println!("checked: {error}");
    }
    // A failed status is no error here.
    let output = list.stdout_capture().stderr_capture().unchecked().run()?;
    println!("{}", output.status);
    for name in String::from_utf8(output.stdout)?.lines() {
        println!("found {name}");
    }
    print!("stderr: {}", String::from_utf8(output.stderr)?);
    Ok(())
}
