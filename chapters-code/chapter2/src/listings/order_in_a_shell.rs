use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    for redirections in [">captured 2>&1", "2>&1 >captured"] {
        let script = format!("ls naan.txt {redirections}");
        println!("{script}");
        cmd!("sh", "-c", script).unchecked().run()?;
        println!("captured {:?}", fs::read_to_string("captured")?);
    }
    Ok(())
}
