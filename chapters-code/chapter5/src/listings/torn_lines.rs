use duct::cmd;
use std::{fs, io};

pub fn main() -> anyhow::Result<()> {
    for size in [4096, 200_000] {
        let (reader, writer) = io::pipe()?;
        let dd = cmd!("dd", format!("bs={size}"), "status=none");
        let mut children = Vec::new();
        for (letter, end) in [("a", writer.try_clone()?), ("b", writer)] {
            let line = letter.repeat(size - 1) + "\n";
            fs::write(letter, line.repeat(30_000_000 / size))?;
            let dd = dd.stdin_path(letter).stdout_file(end);
            children.push(dd.start()?);
        }
        for pid in children.iter().flat_map(|dd| dd.pids()) {
            let wchan = format!("/proc/{pid}/wchan");
            while !fs::read_to_string(&wchan)?.ends_with("pipe_write") {}
        }
        let text = io::read_to_string(reader)?;
        let torn = |line: &&str| line.contains("ab") || line.contains("ba");
        let torn = text.lines().filter(torn).count();
        println!("{size} bytes, torn: {} (about {torn} lines)", torn > 0);
    }
    Ok(())
}
