use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let line = "echo 'Hello, subprocess!'";
    let by_shell = cmd!("sh", "-c", line).read()?;
    println!("by a shell:    {by_shell}");

    let words: Vec<&str> = line.split_whitespace().collect();
    let (program, arguments) = (words[0], &words[1..]);
    let cut = cmd(program, arguments).read()?;
    println!("cut at blanks: {cut}");

    let as_list = cmd!("echo", "Hello, subprocess!").read()?;
    println!("as a list:     {as_list}");
    Ok(())
}
