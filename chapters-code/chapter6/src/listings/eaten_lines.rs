use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    let endless = "-loglevel error -re -f lavfi -i sine -f null -";
    for option in ["-stdin", "-nostdin"] {
        let script = format!(
            "while read line; do
                echo \"$line\"
                ffmpeg {option} -t 1.5 {endless}
            done"
        );
        let lines =
            cmd!("sh", "-c", script).stdin_bytes("one\ntwo\n").read()?;
        let second = lines.lines().any(|line| line == "two");
        println!("{option}: the loop saw line two: {second}");
    }
    let ffmpeg = cmd("ffmpeg", endless.split(' '));
    let stopped = ffmpeg.stdin_bytes("q").run()?;
    println!("an endless ffmpeg that reads a q: {}", stopped.status);
    Ok(())
}
