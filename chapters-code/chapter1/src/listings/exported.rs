use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    // The first shell sets four things, and the second prints them.
    let settings = "X=1; export Y=2; umask 027; ulimit -n 64";
    let ask = "echo X=$X Y=$Y umask $(umask) files $(ulimit -n)";
    // The single quotes leave $X and the rest to the second shell.
    let script = format!("{settings}; sh -c '{ask}'");
    println!("{}", cmd!("sh", "-c", script).read()?);

    let history = cmd!("bash", "-c", "history").read()?;
    println!("history: {history:?}");
    Ok(())
}
