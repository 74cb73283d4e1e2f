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
        // Asks C's library in the child to write line by line.
        "stdbuf -oL python3 talk.py",
        // Asks Python itself not to buffer its output.
        "python3 -u talk.py",
        // Runs the child in a new terminal, and copies what appears there.
        "script -qec 'python3 talk.py' /dev/null",
    ] {
        // read() makes a pipe for stdout. stderr goes into the same pipe.
        let said = cmd!("sh", "-c", command).stderr_to_stdout().read()?;
        println!("{command}: {said:?}");
    }
    Ok(())
}
