use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let settings = "X=1; export Y=2; umask 027; ulimit -n 64";
    let ask = "echo X=$X Y=$Y umask $(umask) files $(ulimit -n)";
    let script = format!("{settings}; sh -c '{ask}'");
    println!("{}", cmd!("sh", "-c", script).read()?);

    let history = cmd!("bash", "-c", "history").read()?;
    println!("history: {history:?}");
    Ok(())
}
