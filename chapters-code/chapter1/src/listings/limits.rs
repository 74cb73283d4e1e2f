use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    for length in [131_071, 131_072] {
        match cmd!("true", "x".repeat(length)).run() {
            Ok(output) => println!("{length} bytes: {}", output.status),
            Err(error) => println!("{length} bytes: {error}"),
        }
    }
    if let Err(error) = cmd!("echo", "before\0after").run() {
        println!("a NUL: {:?}, {error}", error.kind());
    }
    Ok(())
}
