use duct::cmd;

const SHELL: &str = r#"
    settings() { stty -a </dev/tty | grep -owE -e '-?(icanon|echo)'; }
    mkfifo sound
    for option in -nostdin -stdin; do
        ffmpeg $option -y -loglevel quiet -f lavfi -i anullsrc \
            -f s16le sound </dev/tty &
        exec 3<sound; head -c 1 <&3 >/dev/null
        kill -s KILL $!; { wait $!; } 2>/dev/null; exec 3<&-
        echo "ffmpeg $option, killed:" $(settings)
    done
    stty sane; echo "stty sane:" $(settings)"#;

pub fn main() -> anyhow::Result<()> {
    let script = cmd!("script", "-qec", SHELL, "/dev/null");
    script.env("SHELL", "/bin/sh").stdin_null().run()?;
    Ok(())
}
