use duct::cmd;

const CHAIN: &str = "--nofile=64 setpriv --no-new-privs \
    env --ignore-signal=USR1 DISH=dal sh -c";

const LOOK: &str = "kill -USR1 $$
    echo $$ $DISH, $(ulimit -n) files, $(grep NoNew /proc/$$/status)";

pub fn main() -> anyhow::Result<()> {
    let chain = cmd("prlimit", CHAIN.split(' ').chain([LOOK]));
    let child = chain.stdout_capture().start()?;
    let started = child.pids()[0].to_string();

    let said = String::from_utf8(child.into_output()?.stdout)?;
    let (pid, has) = said.trim_end().split_once(' ').unwrap_or_default();
    println!("{has}");
    println!("the pid is the one that we started: {}", pid == started);
    Ok(())
}
