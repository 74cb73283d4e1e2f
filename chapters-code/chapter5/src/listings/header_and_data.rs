use duct::cmd;
use std::io::{self, BufRead, BufReader, read_to_string};

// Borrows any reader that can hand out lines, and reads one line.
fn line(stream: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    stream.read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

pub fn main() -> anyhow::Result<()> {
    let menu = cmd!("printf", r"Day: Monday\nDishes: 2\n\ndal\nroti\n");
    let mut stream = BufReader::new(menu.reader()?);
    loop {
        let header = line(&mut stream)?;
        // An empty line ends the header.
        if header.is_empty() {
            break;
        }
        println!("header: {header}");
    }
    println!("data: {:?}", read_to_string(stream)?);
    Ok(())
}
