//! A process that starts another, under conditions that hold for it alone, and
//! tells what came of it: `tests::starting`.

#[cfg(target_os = "linux")]
mod attempt;
#[cfg(target_os = "linux")]
mod conditions;

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    let start: tests::starting::Start = serde_json::from_reader(std::io::stdin())?;
    for condition in &start.conditions {
        conditions::bring_about(condition)?;
    }
    let outcome = attempt::start(&start);
    println!("\n{}", serde_json::to_string(&outcome)?);
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("its conditions are those that Linux has");
}
