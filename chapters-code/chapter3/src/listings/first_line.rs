use duct::cmd;
use std::fs;

const TALK: &str = "import sys
print('first')
sys.stderr.write('last\\n')
";

pub fn main() -> anyhow::Result<()> {
    fs::write("talk.py", TALK)?;
    for command in [
        "python3 talk.py",
        "stdbuf -oL python3 talk.py",
        "python3 -u talk.py",
        "script -qec 'python3 talk.py' /dev/null",
    ] {
        let said = cmd!("sh", "-c", command).stderr_to_stdout().read()?;
        println!("{command}: {said:?}");
    }
    Ok(())
}
