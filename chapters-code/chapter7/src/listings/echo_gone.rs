use duct::cmd;

const COMMANDS: &str = r#"
    # Prints `icanon` and `echo`, each with a minus if it is off.
    settings() { stty -a | grep -owE -e '-?(icanon|echo)'; }
    # A named pipe.
    mkfifo sound
    for option in -nostdin -stdin; do
        # ffmpeg writes silence into the pipe. Its stdin is the terminal.
        ffmpeg $option -y -loglevel quiet -f lavfi -i anullsrc \
            -f s16le sound </dev/tty &
        # Open the pipe as descriptor 3, and wait for the first byte.
        exec 3<sound
        head -c 1 <&3 >/dev/null
        # Kill ffmpeg, whose pid is `$!`, and wait until it has ended.
        kill -s KILL $!
        { wait $!; } 2>/dev/null
        # Close descriptor 3.
        exec 3<&-
        echo "ffmpeg $option, killed:" $(settings)
    done
    stty sane
    echo "stty sane:" $(settings)"#;

pub fn main() -> anyhow::Result<()> {
    let script = cmd!("script", "-qec", COMMANDS, "/dev/null");
    let said = script.env("SHELL", "/bin/sh").stdin_null().read()?;
    // A terminal ends each line by CR and LF.
    println!("{}", said.replace("\r\n", "\n"));
    Ok(())
}
