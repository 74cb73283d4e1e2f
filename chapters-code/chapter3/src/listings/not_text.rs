use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    // \351 is the byte e9, in octal.
    let child = cmd!("printf", r"caf\351\n");
    // expect_err takes the error out of a Result. For an Ok it panics.
    let error = child.read().expect_err("a lone E9 is not UTF-8");
    println!("read(): {:?}", error.kind());

    let bytes = child.stdout_capture().run()?.stdout;
    // escape_ascii shows the byte e9 as \xe9.
    println!("bytes: {}", bytes.escape_ascii());
    println!("lossy: {:?}", String::from_utf8_lossy(&bytes));
    let mut latin1 = String::new();
    for byte in bytes {
        // The character whose number is the byte's value.
        latin1.push(char::from(byte));
    }
    println!("as Latin-1: {latin1:?}");
    Ok(())
}
