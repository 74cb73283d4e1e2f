use chapter8::{measure::milliseconds, plot};
use duct::cmd;
use std::thread;
use tokio::runtime::Builder;

pub fn main() -> anyhow::Result<()> {
    let runtime = Builder::new_current_thread().build()?;
    // milliseconds expects a closure that returns a Result: hence the Ok.
    let start_task = || Ok(runtime.block_on(runtime.spawn(async {}))?);
    // This Ok holds what join returns. Nobody looks at it.
    let start_thread = || Ok(thread::spawn(|| ()).join());
    let start_child = || Ok(cmd!("/bin/true").run()?);

    let bars = vec![
        // The median of 101 calls, made from milliseconds into microseconds.
        ("an async task", 1000.0 * milliseconds(101, start_task)?),
        ("a thread", 1000.0 * milliseconds(101, start_thread)?),
        ("a child process", 1000.0 * milliseconds(101, start_child)?),
    ];
    for (name, median) in &bars {
        println!("{name}: {median:.1} µs");
    }
    let measure = "microseconds to start one and wait for its end";
    plot::bars("start_costs.svg", measure, &[("", bars)])
}
