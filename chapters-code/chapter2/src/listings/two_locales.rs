use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    for locale in ["C", "C.UTF-8"] {
        let output = cmd!("ls", "--sort=colour")
            .env("LC_ALL", locale)
            .stderr_capture()
            .unchecked()
            .run()?;
        let said = String::from_utf8(output.stderr)?;
        // The first line is the complaint. Help for the user follows.
        let first = said.lines().next().unwrap_or_default();
        println!("LC_ALL={locale}: {first}");
        println!("found 'colour': {}", first.contains("'colour'"));
    }
    Ok(())
}
