use std::{env, fs, sync::atomic::AtomicU32};
// A number that several threads may change at once.
static PLATES: AtomicU32 = AtomicU32::new(4);

pub fn main() -> anyhow::Result<()> {
    let (boxed, local) = (Box::new(250), 7);
    // The second argument of each call is an address.
    find("a function", main as *const ())?;
    find("a constant", "butter chicken".as_ptr())?;
    find("a static", &PLATES)?;
    find("a boxed value", &*boxed)?;
    find("a local", &local)
}

fn find<T>(what: &str, address: *const T) -> anyhow::Result<()> {
    let exe = env::current_exe()?.display().to_string();
    for line in fs::read_to_string("/proc/self/maps")?.lines() {
        let words: Vec<_> = line.split_whitespace().collect();
        // The first word is cut at its hyphen, into `from` and `to`.
        let (from, to) = words[0].split_once('-').unwrap_or_default();
        // In Python: hex = lambda text: int(text, 16).
        let hex = |text| usize::from_str_radix(text, 16);
        if hex(from)? <= address.addr() && address.addr() < hex(to)? {
            // words[5..] is Python's words[5:]. Our own file gets another name.
            let name = words[5..].join(" ").replace(&exe, "the program's file");
            println!("{what} at {address:p}: {} {name}", words[1]);
        }
    }
    Ok(())
}
