use duct::cmd;
use std::io::Read;

pub fn main() -> anyhow::Result<()> {
    let mut reader = cmd!("printf", r"caf\303\251\n").reader()?;
    let (mut buffer, mut carried) = ([0; 4], Vec::new());
    loop {
        let n = reader.read(&mut buffer)?;
        if n == 0 {
            break;
        }
        let chunk = &buffer[..n];
        carried.extend_from_slice(chunk);
        let whole = match str::from_utf8(&carried) {
            Ok(text) => text.len(),
            Err(error) => error.valid_up_to(),
        };
        let text: Vec<u8> = carried.drain(..whole).collect();
        println!("chunk by chunk {:?}", String::from_utf8_lossy(chunk));
        println!("with a carry   {:?}", String::from_utf8(text)?);
    }
    anyhow::ensure!(carried.is_empty(), "the output ended inside a character");
    Ok(())
}
