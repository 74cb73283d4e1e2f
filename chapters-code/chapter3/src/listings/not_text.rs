use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let child = cmd!("printf", r"caf\351\n");
    let error = child.read().expect_err("a lone E9 is not UTF-8");
    println!("read(): {:?}", error.kind());

    let bytes = child.stdout_capture().run()?.stdout;
    println!("bytes: {}", bytes.escape_ascii());
    println!("lossy: {:?}", String::from_utf8_lossy(&bytes));
    let mut latin1 = String::new();
    for byte in bytes {
        latin1.push(char::from(byte));
    }
    println!("as Latin-1: {latin1:?}");
    Ok(())
}
