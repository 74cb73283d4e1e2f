use duct::cmd;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
const DISHES: [&str; 6] = ["dal", "rice", "naan", "tea", "raita", "kheer"];
// The number of the next job.
static TAKEN: AtomicUsize = AtomicUsize::new(0);
// How many children run now.
static COOKING: AtomicUsize = AtomicUsize::new(0);
// The highest value of `COOKING` so far.
static MOST: AtomicUsize = AtomicUsize::new(0);

fn cook() -> anyhow::Result<()> {
    while let Some(dish) = DISHES.get(TAKEN.fetch_add(1, Relaxed)) {
        // `fetch_add` returns the count from before. `+ 1` is this child.
        let now = COOKING.fetch_add(1, Relaxed) + 1;
        MOST.fetch_max(now, Relaxed);
        // `$0` is the argument after the script: the dish.
        cmd!("sh", "-c", "sleep 0.3; touch $0", dish).run()?;
        COOKING.fetch_sub(1, Relaxed);
    }
    Ok(())
}

pub fn main() -> anyhow::Result<()> {
    for thread in [std::thread::spawn(cook), std::thread::spawn(cook)] {
        thread.join().expect("a cook does not panic")?;
    }
    println!("at most {} at once", MOST.load(Relaxed));
    println!("ready:\n{}", cmd!("ls").read()?);
    Ok(())
}
