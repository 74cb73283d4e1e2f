use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let output = cmd!("echo", "Hello, subprocess!").stdout_capture().run()?;
    println!(
        "{} bytes, first {:?}",
        output.stdout.len(),
        &output.stdout[..5]
    );
    let text = String::from_utf8(output.stdout)?;
    println!("as text {text:?}");
    print!("{text}");
    Ok(())
}
