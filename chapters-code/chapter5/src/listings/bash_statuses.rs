use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    for pipeline in ["exit 3 | exit 0", "exit 3 | exit 4", "yes | head -n1"] {
        // Some of these will fail. With `unchecked()`, `run` returns `Ok`.
        let plain = cmd!("bash", "-c", pipeline).unchecked();
        let strict = cmd!("bash", "-o", "pipefail", "-c", pipeline).unchecked();
        let plain_status = plain.stdout_null().run()?.status;
        let strict_status = strict.stdout_null().run()?.status;
        println!("{pipeline}: {plain_status}; with pipefail, {strict_status}");
    }
    Ok(())
}
