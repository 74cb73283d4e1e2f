use duct::cmd;

pub fn main() -> anyhow::Result<()> {
    // A tone in real time. `-f null -` throws it away.
    let endless = "-loglevel error -re -f lavfi -i sine -f null -";
    for option in ["-stdin", "-nostdin"] {
        // -t 1.5 ends each ffmpeg in the loop after 1.5 seconds.
        let script = format!(
            "while read line; do
                echo \"$line\"
                ffmpeg {option} -t 1.5 {endless}
            done"
        );
        // One pipe is the stdin of sh and of each ffmpeg in its loop.
        let lines =
            cmd!("sh", "-c", script).stdin_bytes("one\ntwo\n").read()?;
        let second = lines.lines().any(|line| line == "two");
        println!("{option}: the loop saw line two: {second}");
    }
    // No -t here: this ffmpeg has no end of its own.
    let ffmpeg = cmd("ffmpeg", endless.split(' '));
    let stopped = ffmpeg.stdin_bytes("q").run()?;
    println!("an endless ffmpeg that reads a q: {}", stopped.status);
    Ok(())
}
