use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    for cook in ["cat", "cat </dev/null"] {
        let script = format!(
            "while read dish; do
                echo \"$dish\"
                {cook} >/dev/null
            done"
        );
        let shell = cmd!("sh", "-c", script);
        let served = shell.stdin_bytes("dal\nnaan\nrice\n").read()?;
        println!("{cook}: {:?}", served.lines().collect::<Vec<_>>());
    }
    Ok(())
}
