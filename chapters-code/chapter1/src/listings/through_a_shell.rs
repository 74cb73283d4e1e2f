use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let untrusted = "tea'; echo and your files are mine; echo '";

    let pasted = format!("echo '{untrusted}'");
    println!("pasted into the script:");
    cmd!("sh", "-c", pasted).run()?;

    println!("handed over as an argument:");
    // In the script, `$0` is the word `sh`, and `$1` is the name.
    cmd!("sh", "-c", "echo \"$1\"", "sh", untrusted).run()?;
    Ok(())
}
