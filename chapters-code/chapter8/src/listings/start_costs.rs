use chapter8::{measure::milliseconds, plot};
use duct::cmd;
use std::thread;
use tokio::runtime::Builder;

pub fn main() -> anyhow::Result<()> {
    let runtime = Builder::new_current_thread().build()?;
    let task = || Ok(runtime.block_on(runtime.spawn(async {}))?);
    let thread = || Ok(thread::scope(|scope| _ = scope.spawn(|| ())));
    let child = || Ok(_ = cmd!("/bin/true").run()?);

    let bars = vec![
        ("an async task", 1000.0 * milliseconds(101, task)?),
        ("a thread", 1000.0 * milliseconds(101, thread)?),
        ("a child process", 1000.0 * milliseconds(101, child)?),
    ];
    for (name, median) in &bars {
        println!("{name}: {median:.1} µs");
    }
    let measure = "microseconds to start one and wait for its end";
    plot::bars("start_costs.svg", measure, &[("", bars)])
}
