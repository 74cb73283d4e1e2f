use duct::cmd;
use std::{fs, io};

pub fn main() -> anyhow::Result<()> {
    for size in [4096, 200_000] {
        // A file of lines of the letter a, and one of lines of the letter b.
        for letter in ["a", "b"] {
            let line = letter.repeat(size - 1) + "\n";
            fs::write(letter, line.repeat(30_000_000 / size))?;
        }
        // bs is the size of a write: here one line.
        let dd = cmd!("dd", format!("bs={size}"), "status=none");
        let (dd_a, dd_b) = (dd.stdin_path("a"), dd.stdin_path("b"));
        let (reader, writer) = io::pipe()?;
        let a = dd_a.stdout_file(writer.try_clone()?).start()?;
        let b = dd_b.stdout_file(writer).start()?;
        // Wait until the pipe is full and both are asleep in a write.
        for pid in [a.pids()[0], b.pids()[0]] {
            let wchan = format!("/proc/{pid}/wchan");
            while !fs::read_to_string(&wchan)?.ends_with("pipe_write") {}
        }
        let text = io::read_to_string(reader)?;
        // A line with both letters in it is torn.
        let torn = |line: &str| line.contains('a') && line.contains('b');
        let count = text.lines().filter(|line| torn(line)).count();
        println!("{size} bytes, torn: {} (about {count} lines)", count > 0);
    }
    Ok(())
}
