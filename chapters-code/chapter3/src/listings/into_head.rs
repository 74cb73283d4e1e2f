use duct::cmd;
use std::env::current_exe;

pub fn main() -> anyhow::Result<()> {
    // The path of the program that is running.
    let own = current_exe()?;
    let endless = "while True: print('a line')";
    for (name, child) in [
        ("yes", cmd!("yes", "a line")),
        // The program once more, to run the function println_for_ever.
        ("println!", cmd!(&own, "child", "println_for_ever")),
        ("writeln!", cmd!(&own, "child", "writeln_for_ever")),
        ("Python", cmd!("python3", "-c", endless)),
    ] {
        // stdout_null() drops the line that `head` prints.
        let head = cmd!("head", "-n1").stdout_null();
        // All four children fail on purpose: unchecked().
        let chain = child.stderr_capture().pipe(head).unchecked();
        let output = chain.run()?;
        let said = String::from_utf8(output.stderr)?;
        let why = said.lines().find(|line| line.contains("Broken pipe"));
        println!("{name}: {}: {}", output.status, why.unwrap_or("silent"));
    }
    Ok(())
}
