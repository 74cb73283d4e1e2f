//! A program on a terminal of its own.

use anyhow::{Context, bail};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// What a test on a terminal needs. The options of `script` differ elsewhere.
pub fn needs() -> &'static [&'static str] {
    match cfg!(target_os = "linux") {
        true => &["script"],
        false => &["script of Linux"],
    }
}

/// `script` gives a command a terminal: what we write is typed there, and what
/// we read is what it shows. It runs the command through a shell, and a shell
/// that waits for a child would take the Ctrl-C too: the command should `exec`.
///
/// # Errors
/// There is no `script`.
pub fn on_a_terminal(command: &str, folder: &Path) -> io::Result<Child> {
    script(command, folder).spawn()
}

fn script(command: &str, folder: &Path) -> Command {
    let mut script = Command::new("script");
    script
        .args(["-q", "-e", "-c", command, "/dev/null"])
        .env("TERM", "xterm")
        .env("SHELL", "/bin/sh")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    script
}

/// How long what must be shown may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A screen that is looked at, and its keyboard.
pub struct Terminal {
    script: Child,
    keyboard: ChildStdin,
    pieces: Receiver<Vec<u8>>,
    /// What has come since something was found.
    fresh: String,
}

impl Terminal {
    /// # Errors
    /// There is no `script`.
    pub fn running(
        command: &str,
        folder: &Path,
        variables: &[(&str, PathBuf)],
    ) -> anyhow::Result<Terminal> {
        let mut script = script(command, folder)
            .envs(variables.iter().cloned())
            .env_remove("NO_COLOR")
            .spawn()
            .context("starting `script`")?;
        let keyboard = script.stdin.take().context("stdin is piped")?;
        let mut screen = script.stdout.take().context("stdout is piped")?;
        let (tell, pieces) = mpsc::channel();
        thread::spawn(move || {
            let mut room = [0; 4096];
            while let Ok(count @ 1..) = screen.read(&mut room) {
                if tell.send(room[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Ok(Terminal {
            script,
            keyboard,
            pieces,
            fresh: String::new(),
        })
    }

    /// Waits until it shows this, after what was found before.
    ///
    /// # Errors
    /// It does not.
    pub fn shows(&mut self, text: &str) -> anyhow::Result<()> {
        self.reads_until(text).map(drop)
    }

    /// All that it shows until this, and this.
    ///
    /// # Errors
    /// It does not show it.
    pub fn reads_until(&mut self, text: &str) -> anyhow::Result<String> {
        let began = Instant::now();
        loop {
            if let Some(at) = self.fresh.find(text) {
                return Ok(self.fresh.drain(..at + text.len()).collect());
            }
            let left = PATIENCE.saturating_sub(began.elapsed());
            match self.pieces.recv_timeout(left) {
                Ok(piece) => self.fresh.push_str(&String::from_utf8_lossy(&piece)),
                Err(RecvTimeoutError::Timeout) => bail!("waited for {text:?}: {}", self.fresh),
                Err(RecvTimeoutError::Disconnected) => {
                    bail!("it ended without {text:?}: {}", self.fresh)
                }
            }
        }
    }

    /// # Errors
    /// The program has ended.
    pub fn press(&mut self, keys: &str) -> anyhow::Result<()> {
        Ok(self.keyboard.write_all(keys.as_bytes())?)
    }

    /// # Errors
    /// It cannot be waited for.
    pub fn ends(mut self) -> anyhow::Result<ExitStatus> {
        let began = Instant::now();
        loop {
            if let Some(status) = self.script.try_wait()? {
                return Ok(status);
            }
            if began.elapsed() > PATIENCE {
                bail!("it does not end: {}", self.fresh);
            }
            // A program that still writes ends only if it is read.
            while let Ok(piece) = self.pieces.recv_timeout(Duration::from_millis(10)) {
                self.fresh.push_str(&String::from_utf8_lossy(&piece));
            }
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.script.kill();
        let _ = self.script.wait();
    }
}
