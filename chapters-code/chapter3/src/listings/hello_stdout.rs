use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    // run() returns an Output. Its field `stdout` has the captured bytes.
    let output = cmd!("echo", "Hello, subprocess!").stdout_capture().run()?;
    // `[..5]` takes the first five.
    let first = &output.stdout[..5];
    println!("{} bytes, first {first:?}", output.stdout.len());
    // from_utf8 makes a String of the bytes.
    let text = String::from_utf8(output.stdout)?;
    // {:?} prints the text as you would type it in code: \n for a newline.
    println!("as text {text:?}");
    print!("{text}");
    Ok(())
}
