use duct::cmd;
use std::env::current_exe;

pub fn main() -> anyhow::Result<()> {
    let own = current_exe()?;
    let endless = "while True: print('a line')";
    for (name, child) in [
        ("yes", cmd!("yes", "a line")),
        ("println!", cmd!(&own, "child", "println_for_ever")),
        ("writeln!", cmd!(&own, "child", "writeln_for_ever")),
        ("Python", cmd!("python3", "-c", endless)),
    ] {
        let head = cmd!("head", "-n1").stdout_null();
        let chain = child.stderr_capture().pipe(head).unchecked();
        let output = chain.run()?;
        let said = String::from_utf8(output.stderr)?;
        let why = said.lines().find(|line| line.contains("Broken pipe"));
        println!("{name}: {}: {}", output.status, why.unwrap_or("silent"));
    }
    Ok(())
}
