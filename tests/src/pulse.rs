//! A microphone without a microphone: PulseAudio, in a folder of its own, with
//! a capture device on which a tone of 440 Hz never ends.

use anyhow::{Context, bail};
use std::ffi::OsString;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};
use tempfile::TempDir;

/// The device's name.
pub const MICROPHONE: &str = "mic440";

/// A sound server that answers. Dropped, it ends.
pub struct Pulse {
    server: Child,
    folder: TempDir,
}

impl Pulse {
    /// Starts the server, and waits until it answers. It works as root too,
    /// and touches no server that is there already.
    ///
    /// # Errors
    /// It does not start, or ends at once; with what it said.
    pub fn start() -> anyhow::Result<Pulse> {
        let folder = TempDir::with_prefix("pulse-").context("making the server's folder")?;
        let socket = folder.path().join("socket");
        let protocol = format!(
            "module-native-protocol-unix socket={} auth-anonymous=1",
            socket.display()
        );
        let microphone =
            format!("module-sine-source source_name={MICROPHONE} frequency=440 rate=16000");
        let log = fs::File::create(folder.path().join("log"))?;
        let server = Command::new("pulseaudio")
            .args([
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--use-pid-file=no",
            ])
            .args(["-L", &protocol, "-L", &microphone])
            .env("HOME", folder.path())
            .env("XDG_RUNTIME_DIR", folder.path())
            .env("PULSE_RUNTIME_PATH", folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("starting pulseaudio")?;
        // From here on, dropping `pulse` ends the server.
        let mut pulse = Pulse { server, folder };
        let start = Instant::now();
        while !socket.exists() {
            let log = || fs::read_to_string(pulse.folder.path().join("log")).unwrap_or_default();
            if let Some(status) = pulse.server.try_wait()? {
                bail!("pulseaudio ended at once ({status}): {}", log());
            }
            if start.elapsed() > Duration::from_secs(30) {
                bail!("pulseaudio has no socket after 30 s: {}", log());
            }
            // The socket is the only sign that the server is ready.
            thread::sleep(Duration::from_millis(10));
        }
        Ok(pulse)
    }

    /// The value of `PULSE_SERVER` for a program that is to use this server.
    pub fn address(&self) -> OsString {
        let mut address = OsString::from("unix:");
        address.push(self.folder.path().join("socket"));
        address
    }

    /// Ends it as a crash would.
    pub fn crash(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Drop for Pulse {
    fn drop(&mut self) {
        self.crash();
    }
}
