use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let line = "echo 'Hello, subprocess!'";
    let by_shell = cmd!("sh", "-c", line).read()?;
    println!("by a shell:    {by_shell}");

    let words: Vec<&str> = line.split_whitespace().collect();
    // The first word is the program. The others are its arguments.
    let (program, arguments) = (words[0], &words[1..]);
    // `cmd`, without the `!`, takes a program and a list of arguments.
    let cut = cmd(program, arguments).read()?;
    println!("cut at blanks: {cut}");

    let as_list = cmd!("echo", "Hello, subprocess!").read()?;
    println!("as a list:     {as_list}");
    Ok(())
}
