use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let cook = "echo chop; echo too hot >&2; echo serve";
    let text = cmd!("sh", "-c", cook).stderr_to_stdout().read()?;

    println!("{}", text.lines().collect::<Vec<_>>().join(", "));
    Ok(())
}
