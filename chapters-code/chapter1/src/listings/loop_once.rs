use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    // `cook` is the command that the loop runs after each line.
    for cook in ["cat", "cat </dev/null"] {
        // `read dish` puts the next line of stdin into `dish`.
        let script = format!(
            "while read dish; do
                echo \"$dish\"
                {cook} >/dev/null
            done"
        );
        let shell = cmd!("sh", "-c", script);
        let served = shell.stdin_bytes("dal\nnaan\nrice\n").read()?;
        // The command, and the lines that the loop has printed.
        println!("{cook}: {:?}", served.lines().collect::<Vec<_>>());
    }
    Ok(())
}
