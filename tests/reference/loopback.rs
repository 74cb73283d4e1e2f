//! ssh to this machine, without a network: the server is the client's own child.

use anyhow::{Context, ensure};
use duct::cmd;
use run::missing_tools;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use tempfile::TempDir;

/// Where Debian has it: no folder of an ordinary user's PATH.
const SERVER: &str = "/usr/sbin/sshd";

/// Those of these programs that are not there; with ssh goes its server.
pub fn missing<'a>(needs: &[&'a str]) -> Vec<&'a str> {
    let mut missing = needs.to_vec();
    missing.retain(|it| !missing_tools(&[it]).is_empty());
    if needs.contains(&"ssh") && !Path::new(SERVER).exists() {
        missing.push("sshd");
    }
    missing
}

/// Keys and a configuration of our own: nobody's are read or changed.
pub struct Ssh {
    folder: TempDir,
    /// The server's command.
    server: String,
}

impl Ssh {
    pub fn new() -> anyhow::Result<Ssh> {
        let folder = tempfile::tempdir()?;
        let server = Ssh::server(folder.path())?;
        let ssh = Ssh { folder, server };
        let greeting = ssh.command(&["there", "echo hello"]).output()?;
        ensure!(
            greeting.stdout == b"hello\n",
            "no ssh to this machine: {greeting:?}"
        );
        Ok(ssh)
    }

    /// The command of a server that knows one key, `key`, and lies in this folder.
    pub fn server(folder: &Path) -> anyhow::Result<String> {
        let path = |name: &str| folder.join(name);
        for key in ["host", "key"] {
            cmd!(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-f",
                path(key)
            )
            .run()?;
        }
        let config = format!(
            "HostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nUsePAM no\nPidFile none\n\
             PermitRootLogin yes\n",
            path("host").display(),
            path("key.pub").display(),
        );
        fs::write(path("config"), config)?;
        // sshd(8): root's server wants an empty folder to lock itself into.
        if rustix::process::geteuid().is_root() {
            fs::create_dir_all("/run/sshd").context("the server's folder")?;
        }
        Ok(format!("{SERVER} -i -f {}", path("config").display()))
    }

    /// `ssh` with what it needs, and these arguments.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut ssh = Command::new("ssh");
        ssh.args(self.options()).args(arguments);
        ssh.stdin(Stdio::null());
        ssh
    }

    fn options(&self) -> Vec<OsString> {
        let path = |name: &str| self.folder.path().join(name).display().to_string();
        let server = format!("ProxyCommand={}", self.server);
        let mut options = vec!["-F".into(), "none".into(), "-i".into(), path("key").into()];
        for option in [
            "BatchMode=yes",
            "StrictHostKeyChecking=no",
            "UserKnownHostsFile=/dev/null",
            "LogLevel=ERROR",
            &server,
        ] {
            options.extend(["-o".into(), option.into()]);
        }
        options
    }

    pub fn status(&self, script: &str) -> anyhow::Result<ExitStatus> {
        let mut ssh = self.command(&["there", script]);
        ssh.stdout(Stdio::null()).stderr(Stdio::null());
        ssh.status().context("ssh")
    }
}
