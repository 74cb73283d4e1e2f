use anyhow::{Context, bail};
use duct::{Expression, cmd};
use std::process::{ExitCode, ExitStatus};
use std::{env, io, time::Duration};

fn within(
    time: Duration,
    command: &Expression,
) -> io::Result<Option<ExitStatus>> {
    let child = command.unchecked().start()?;
    if let Some(output) = child.wait_timeout(time)? {
        return Ok(Some(output.status));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

fn main() -> anyhow::Result<ExitCode> {
    let words: Vec<_> = env::args_os().skip(1).collect();
    let [seconds, program, arguments @ ..] = &words[..] else {
        bail!("usage: deadline SECONDS PROGRAM [ARGUMENT]...");
    };
    let seconds = seconds.to_string_lossy();
    let seconds = seconds.parse().context("SECONDS is a whole number")?;
    let time = Duration::from_secs(seconds);

    let command = cmd(program, arguments);
    let ended = within(time, &command)
        .with_context(|| format!("starting {}", program.display()))?;
    let Some(status) = ended else {
        eprintln!("deadline: too late, ended after {seconds} s");
        return Ok(ExitCode::from(124));
    };
    eprintln!("deadline: {status}");
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
