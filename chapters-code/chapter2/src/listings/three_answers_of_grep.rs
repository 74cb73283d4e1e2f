use duct::cmd;
use std::fs;

pub fn main() -> anyhow::Result<()> {
    fs::write("recipe.txt", "butter\nchicken\n")?;
    let questions = [
        ("butter", "recipe.txt"),
        ("sugar", "recipe.txt"),
        ("butter", "receipt.txt"),
    ];
    for (word, file) in questions {
        // With -q, grep prints error messages, but not what it finds.
        let grep = cmd!("grep", "-q", word, file).stderr_capture();
        let output = grep.unchecked().run()?;
        print!("{} -> ", output.status);
        match output.status.code() {
            Some(0) => println!("{file} has {word}"),
            Some(1) => println!("{file} has no {word}"),
            // Every other status, and None if a signal ended grep.
            _ => print!("no answer: {}", String::from_utf8(output.stderr)?),
        }
    }
    Ok(())
}
