use duct::cmd;
use std::os::unix::process::ExitStatusExt;

pub fn main() -> anyhow::Result<()> {
    let killed = cmd!("sh", "-c", "kill -9 $$");
    let status = killed.unchecked().run()?.status;
    println!("code {:?}, signal {:?}", status.code(), status.signal());
    // If `run` returns an error, call it `error` and print it.
    if let Err(error) = killed.run() {
        println!("{error}");
    }

    let script = "sh -c 'kill -9 $$'; echo $?";
    let status = cmd!("sh", "-c", script).stderr_null().read()?;
    println!("a shell saw {status}");
    Ok(())
}
