//! What to run, and how a run is started.

use crate::bounds::Bounds;
use crate::control::Control;
use crate::protocol::Request;
use crate::run::Run;
use crate::tracing::Tracing;
use anyhow::Context;
use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf, absolute};
use std::process::Command;
use std::time::Duration;

/// What the program reads from stdin. It is a pipe in each case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stdin {
    /// Nothing: it is at its end at once.
    #[default]
    Empty,
    /// These bytes, then the end: up to 64 MiB, or more if the program reads
    /// them as fast as they come.
    Bytes(Vec<u8>),
    /// What [`Control::write`](crate::Control::write) sends, until
    /// [`Control::close_stdin`](crate::Control::close_stdin).
    Open,
}

impl<T: Into<Vec<u8>>> From<T> for Stdin {
    fn from(bytes: T) -> Self {
        Stdin::Bytes(bytes.into())
    }
}

/// A program to run.
#[derive(Clone, Debug)]
pub struct Start {
    /// A path, or a name to look for along `PATH`. A relative path begins where
    /// the owner stands, not in `folder`.
    pub program: OsString,
    pub arguments: Vec<OsString>,
    /// Where the program stands when it starts.
    pub folder: PathBuf,
    pub stdin: Stdin,
    /// The run is ended when it has lasted this long.
    pub time_limit: Option<Duration>,
    /// The run is ended when it takes more of the machine than this.
    pub bounds: Option<Bounds>,
    /// Variables that the program has beyond the owner's, or with another value.
    pub variables: Vec<(OsString, OsString)>,
    /// What a reader would type to run it, for [`recording::Kind::Started`].
    pub command: String,
}

impl Start {
    /// A program without arguments, with an empty stdin and no limits.
    pub fn new(program: impl Into<OsString>, folder: impl Into<PathBuf>) -> Start {
        let program = program.into();
        Start {
            command: program.to_string_lossy().into_owned(),
            program,
            arguments: Vec::new(),
            variables: Vec::new(),
            folder: folder.into(),
            stdin: Stdin::Empty,
            time_limit: None,
            bounds: None,
        }
    }

    /// Adds one argument, as it is: no shell sees it.
    #[must_use]
    pub fn argument(mut self, argument: impl Into<OsString>) -> Start {
        self.arguments.push(argument.into());
        self
    }

    /// Adds a variable to the owner's environment, for the program alone.
    #[must_use]
    pub fn variable(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Start {
        self.variables.push((name.into(), value.into()));
        self
    }

    #[must_use]
    pub fn stdin(mut self, stdin: impl Into<Stdin>) -> Start {
        self.stdin = stdin.into();
        self
    }

    #[must_use]
    pub fn time_limit(mut self, time_limit: Duration) -> Start {
        self.time_limit = Some(time_limit);
        self
    }

    #[must_use]
    pub fn bounds(mut self, bounds: Bounds) -> Start {
        self.bounds = Some(bounds);
        self
    }

    #[must_use]
    pub fn command(mut self, command: impl Into<String>) -> Start {
        self.command = command.into();
        self
    }

    /// Starts the program under the supervisor at `supervisor`, and returns when
    /// it runs.
    ///
    /// # Errors
    /// There is no such supervisor, program or folder; or the system is out of
    /// processes, memory or descriptors.
    pub fn supervised_by(self, supervisor: &Path) -> anyhow::Result<Run> {
        // ANCHOR: two_pipes_and_a_socket
        let (stdout, to_stdout) = io::pipe().context("making a pipe for stdout")?;
        let (stderr, to_stderr) = io::pipe().context("making a pipe for stderr")?;
        let (ours, theirs) = UnixStream::pair().context("making a socket pair")?;
        let time_limit = self.time_limit;
        let (request, stdin) = self.request()?;
        let mut run = Run::new(ours, stdout, stderr, time_limit, || {
            Command::new(supervisor)
                .stdin(OwnedFd::from(theirs))
                .stdout(to_stdout)
                .stderr(to_stderr)
                .spawn()
                .with_context(|| {
                    let path = supervisor.display();
                    format!("starting the supervisor {path} (`cargo build -p run` makes it)")
                })
        })?;
        // ANCHOR_END: two_pipes_and_a_socket
        begin(&mut run, &request, &stdin)?;
        Ok(run)
    }

    /// Starts the program under a supervisor that the program at `tracer` traces:
    /// what the run's processes do comes among its events, and what they wait for.
    /// Where the system refuses that, [`recording::Kind::Untraced`] says why, and
    /// the run goes on without.
    ///
    /// # Errors
    /// There is no such tracer; or as [`Start::supervised_by`].
    pub fn traced_by(self, tracer: &Path, supervisor: &Path) -> anyhow::Result<Run> {
        if !cfg!(target_os = "linux") {
            let mut run = self.supervised_by(supervisor)?;
            run.is_untraced("X-ray needs ptrace and /proc, which only Linux has.");
            return Ok(run);
        }
        let (stdout, to_stdout) = io::pipe().context("making a pipe for stdout")?;
        let (stderr, to_stderr) = io::pipe().context("making a pipe for stderr")?;
        let (ours, supervisors) = UnixStream::pair().context("making a socket pair")?;
        let (tracing, tracers) = Tracing::new(&supervisors)?;
        drop(supervisors);
        let time_limit = self.time_limit;
        let (request, stdin) = self.request()?;
        let mut run = Run::traced(ours, [stdout, stderr], tracing, time_limit, || {
            Command::new(tracer)
                .arg(supervisor)
                .stdin(OwnedFd::from(tracers))
                .stdout(to_stdout)
                .stderr(to_stderr)
                .spawn()
                .with_context(|| {
                    let path = tracer.display();
                    format!("starting the tracer {path} (`cargo build -p tracer` makes it)")
                })
        })?;
        begin(&mut run, &request, &stdin)?;
        Ok(run)
    }

    fn request(self) -> anyhow::Result<(Request, Stdin)> {
        let is_path = self.program.as_encoded_bytes().contains(&b'/');
        let program = match is_path {
            true => absolute(&self.program)
                .with_context(|| format!("the program {:?}", self.program))?
                .into_os_string(),
            false => self.program,
        };
        let folder = absolute(&self.folder)
            .with_context(|| format!("the folder {:?}", self.folder))?
            .into_os_string();
        let request = Request {
            program,
            arguments: self.arguments,
            variables: self.variables,
            folder,
            command: self.command,
            time_limit: self.time_limit,
            bounds: self.bounds,
        };
        Ok((request, self.stdin))
    }
}

/// Has a run do what is requested, and returns when it does.
fn begin(run: &mut Run, request: &Request, stdin: &Stdin) -> anyhow::Result<()> {
    let control = run.control();
    control.begin(request);
    give(&control, stdin);
    run.await_start()
}

fn give(control: &Control, stdin: &Stdin) {
    if let Stdin::Bytes(bytes) = stdin {
        // A program may well end before it has read its stdin.
        let _ = control.write(bytes);
    }
    if *stdin != Stdin::Open {
        control.close_stdin();
    }
}
