use duct::cmd;
use std::io::Read;

pub fn main() -> anyhow::Result<()> {
    // \303\251 are the bytes c3 a9, in octal.
    let mut reader = cmd!("printf", r"caf\303\251\n").reader()?;
    let mut buffer = [0; 4];
    let mut carried = Vec::new();
    let mut count = reader.read(&mut buffer)?;
    while count > 0 {
        let piece = &buffer[..count];
        println!("piece alone:  {:?}", String::from_utf8_lossy(piece));

        carried.extend_from_slice(piece);
        // How many bytes, from the start, are complete characters?
        let complete = match str::from_utf8(&carried) {
            Ok(_) => carried.len(),
            Err(error) => error.valid_up_to(),
        };
        // Cuts the list: the bytes after the complete characters go into `rest`.
        let rest = carried.split_off(complete);
        println!("with a carry: {:?}", String::from_utf8(carried)?);
        // The unfinished bytes wait here for the next piece.
        carried = rest;
        count = reader.read(&mut buffer)?;
    }
    anyhow::ensure!(carried.is_empty(), "the output ended inside a character");
    Ok(())
}
