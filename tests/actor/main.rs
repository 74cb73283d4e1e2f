//! A process of a random tree: it does what the plan in its command line says,
//! and keeps an account of it.
//!
//!     actor 'n0 spawn fork wait ( n1 exec exit 3 ) exit 0'

#[cfg(target_os = "linux")]
mod account;
#[cfg(target_os = "linux")]
mod children;
#[cfg(target_os = "linux")]
mod images;
#[cfg(target_os = "linux")]
mod kernel;
#[cfg(target_os = "linux")]
mod play;
#[cfg(target_os = "linux")]
mod waiting;

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    use anyhow::Context;
    let line = std::env::args().nth(1).context("no plan is given")?;
    let plan = tests::trees::plan::Plan::parse(&line)?;
    kernel::leave_no_cores();
    account::image(&plan.name);
    play::plan(&plan)
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("it makes children by clone(2), which Linux alone has");
}
