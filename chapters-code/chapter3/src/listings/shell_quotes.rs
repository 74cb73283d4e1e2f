use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let line = r#"echo "Hello, subprocess!""#;
    println!("shell: {}", cmd!("sh", "-c", line).read()?);

    let words: Vec<&str> = line.split_whitespace().collect();
    println!("words: {}", cmd(words[0], &words[1..]).read()?);

    println!("list: {}", cmd!("echo", "Hello, subprocess!").read()?);
    Ok(())
}
