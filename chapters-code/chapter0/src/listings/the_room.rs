use std::{env, fs, sync::atomic::AtomicU32};
const DISH: &str = "butter chicken";
static PLATES: AtomicU32 = AtomicU32::new(4);

pub fn main() -> anyhow::Result<()> {
    let (boxed, local) = (Box::new(250), 7);
    find("a function", format!("{:p}", main as fn() -> _))?;
    find("a constant", format!("{:p}", DISH.as_ptr()))?;
    find("a static", format!("{:p}", &PLATES))?;
    find("a boxed value", format!("{boxed:p}"))?;
    find("a local", format!("{:p}", &local))
}

fn find(what: &str, at: String) -> anyhow::Result<()> {
    let program = env::current_exe()?.display().to_string();
    for line in fs::read_to_string("/proc/self/maps")?.lines() {
        let words = Vec::from_iter(line.split_whitespace().chain(["no name"]));
        let (from, to) = words[0].split_once('-').unwrap_or_default();
        if from <= &at[2..] && &at[2..] < to {
            let place = words[5].replace(&program, "the program's file");
            println!("{what} at {at}: {} {place}", words[1]);
        }
    }
    Ok(())
}
