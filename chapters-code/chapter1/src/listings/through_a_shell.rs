use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let untrusted = "tea'; echo and your files are mine; echo '";

    let pasted = format!("echo '{untrusted}'");
    println!("pasted into the script:");
    cmd!("sh", "-c", pasted).run()?;

    println!("handed over as an argument:");
    cmd!("sh", "-c", "echo \"$1\"", "sh", untrusted).run()?;
    Ok(())
}
