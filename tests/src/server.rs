//! The server, started for a test: on a free port, without a browser, with a
//! folder of its own for what it leaves.

mod answers;

pub use answers::{Changes, Ended, Running};

use crate::book::chapters;
use crate::http::Request;
use crate::processes::{children, only_child, peak_memory, standing_in};
use crate::scratch_book::ScratchBook;
use anyhow::{Context, bail, ensure};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The pause between two looks at what has no event to wait for.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// How long what must come may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server that runs. Dropped, it is stopped.
pub struct Server {
    child: Child,
    pid: u32,
    pub address: SocketAddr,
    token: String,
    /// The lines after the address.
    rest: Mutex<Receiver<String>>,
    temporary: TempDir,
}

/// A server that has not been started.
pub struct Start {
    command: Command,
    /// The command is another program's, which starts the server as its child.
    is_wrapped: bool,
}

impl Start {
    /// A server for a scratch book.
    pub fn of_scratch_book(book: &ScratchBook) -> Start {
        let mut start = Start::of(&book.root);
        start.command.envs(book.cargo_variables());
        start
    }

    /// A server for the book at `root`.
    pub fn of(root: &Path) -> Start {
        let binary = chapters().binary("openbook").expect("openbook is a binary");
        Start::by(binary, root)
    }

    /// A server that this program is, started in a folder.
    pub fn by(program: &Path, folder: &Path) -> Start {
        let mut command = Command::new(program);
        command.arg("--no-open").current_dir(folder);
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION"] {
            command.env_remove(name);
        }
        Start {
            command,
            is_wrapped: false,
        }
    }

    #[must_use]
    pub fn with(mut self, arguments: &[&str]) -> Start {
        self.command.args(arguments);
        self
    }

    /// Under a name of its own, by which others call it.
    #[must_use]
    pub fn forwarded_as(self, name: &str) -> Start {
        self.with(&["--forwarded-as", name])
    }

    /// With a variable in its environment.
    #[must_use]
    pub fn knowing(mut self, name: &str, value: &str) -> Start {
        self.command.env(name, value);
        self
    }

    /// By another program, which `wrapper` is: it starts the server as its child.
    #[must_use]
    pub fn within(mut self, mut wrapper: Command) -> Start {
        wrapper.arg(self.command.get_program());
        wrapper.args(self.command.get_args());
        for (name, value) in self.command.get_envs() {
            match value {
                Some(value) => wrapper.env(name, value),
                None => wrapper.env_remove(name),
            };
        }
        wrapper.current_dir(self.command.get_current_dir().unwrap_or(Path::new(".")));
        self.command = wrapper;
        self.is_wrapped = true;
        self
    }

    /// Starts it on any free port.
    ///
    /// # Errors
    /// It does not come up.
    pub fn starts(self) -> anyhow::Result<Server> {
        self.with(&["--port", "0"]).starts_there()
    }

    /// Starts it on the port that the arguments name.
    ///
    /// # Errors
    /// It does not come up; what it said.
    pub fn starts_there(mut self) -> anyhow::Result<Server> {
        let temporary = tempfile::tempdir()?;
        let log = tempfile::NamedTempFile::new()?;
        let mut child = self
            .command
            .env("TMPDIR", temporary.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(log.path())?)
            .spawn()?;
        let stdout = child.stdout.take().context("stdout is piped")?;
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        let said = lines.find_map(|line| {
            let (_, address) = line.split_once("http://")?;
            let (address, token) = address.split_once("/#token=")?;
            Some((address.parse().ok()?, token.trim().to_owned()))
        });
        let Some((address, token)) = said else {
            let status = child.wait()?;
            bail!("{status}: {}", fs::read_to_string(log.path())?);
        };
        // What the server says later is kept by a thread, and need not be waited for.
        let (tell, rest) = mpsc::channel();
        thread::spawn(move || lines.for_each(|line| _ = tell.send(line)));
        // From here on its drop ends it.
        let mut server = Server {
            pid: child.id(),
            child,
            address,
            token,
            rest: Mutex::new(rest),
            temporary,
        };
        if self.is_wrapped {
            server.pid = only_child(server.pid)?;
        }
        Ok(server)
    }
}

impl Server {
    /// A request as the page makes it: from the same origin, with the token.
    pub fn asked(&self, method: &str, path: &str) -> Request {
        self.read(method, path)
            .with("Origin", &format!("http://{}", self.address))
            .with("Authorization", &format!("Bearer {}", self.token))
    }

    /// A request as a browser makes it that opens a page.
    pub fn read(&self, method: &str, path: &str) -> Request {
        Request::new(self.address, method, path)
    }

    /// # Errors
    /// There is no page.
    pub fn page(&self, path: &str) -> anyhow::Result<String> {
        let answer = self.read("GET", path).sent()?;
        ensure!(answer.status == 200, "{path}: {}", answer.status);
        answer.text()
    }

    /// Runs `chapter5/word_count`.
    ///
    /// # Errors
    /// The run is refused.
    pub fn runs(&self, listing: &str) -> anyhow::Result<Running> {
        let (chapter, listing) = listing.split_once('/').context("chapter5/word_count")?;
        self.begins(&json!({ "chapter": chapter, "listing": listing }))
    }

    /// Runs a listing with another source than the book's.
    ///
    /// # Errors
    /// The run is refused.
    pub fn runs_edited(&self, listing: &str, source: &str) -> anyhow::Result<Running> {
        let (chapter, listing) = listing.split_once('/').context("chapter5/word_count")?;
        self.begins(&json!({ "chapter": chapter, "listing": listing, "source": source }))
    }

    /// Lets edited listings run.
    ///
    /// # Errors
    /// The server does not take it.
    pub fn agrees(&self) -> anyhow::Result<()> {
        let status = self.asked("POST", "/consent").json("{}").sent()?.status;
        ensure!(status == 204, "{status}");
        Ok(())
    }

    /// Asks for a run in the page's own words.
    ///
    /// # Errors
    /// The run is refused.
    pub fn begins(&self, wanted: &Value) -> anyhow::Result<Running> {
        let answer = self
            .asked("POST", "/runs")
            .json(&wanted.to_string())
            .sent()?;
        let status = answer.status;
        if status != 200 {
            bail!("{status}: {}", answer.text()?);
        }
        Ok(Running { answer, id: None })
    }

    /// The stream of the book's changes, from now on.
    ///
    /// # Errors
    /// There is no stream.
    pub fn changes(&self) -> anyhow::Result<Changes> {
        let answer = self.read("GET", "/changes").sent()?;
        ensure!(answer.status == 200, "{}", answer.status);
        let mut changes = Changes(answer);
        changes.until("hello")?;
        Ok(changes)
    }

    /// The lines that it says after its address, to the last of them.
    ///
    /// # Errors
    /// That does not come.
    pub fn said_first(&self) -> anyhow::Result<Vec<String>> {
        let rest = self.rest.lock().unwrap_or_else(PoisonError::into_inner);
        let mut said = Vec::new();
        loop {
            let line = rest.recv_timeout(PATIENCE).context("Ctrl-C stops it.")?;
            if line == "Ctrl-C stops it." {
                return Ok(said);
            }
            said.push(line);
        }
    }

    /// Where its temporary files and folders are; removed when it is dropped.
    pub fn temporary(&self) -> &Path {
        self.temporary.path()
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Sends it a signal and waits for its end.
    ///
    /// # Errors
    /// It does not end.
    pub fn stopped_by(mut self, signal: Signal) -> anyhow::Result<(ExitStatus, Left)> {
        let places = self.places()?;
        let status = self.ends_by(signal)?;
        Ok((status, Left::in_places(&places)?))
    }

    /// Sends it a signal and waits for its end; its temporary folder stays until it
    /// is dropped.
    ///
    /// # Errors
    /// It does not end.
    pub fn ends_by(&mut self, signal: Signal) -> anyhow::Result<ExitStatus> {
        self.signal(signal);
        awaited("the server to end", || Ok(self.child.try_wait()?))
    }

    fn signal(&self, signal: Signal) {
        // It may have ended.
        let _ = Pid::from_raw(self.pid.cast_signed()).map(|pid| kill_process(pid, signal));
    }

    /// Waits until nothing of any run is left but the server itself, with as
    /// many open files as before.
    ///
    /// # Errors
    /// Something stays.
    pub fn left_alone(&self, open_files: usize) -> anyhow::Result<()> {
        let places = self.places()?;
        let mut last = String::new();
        let clean = awaited("the server to be alone", || {
            let children = children(self.pid())?;
            let open = self.open_files()?;
            let left = Left::in_places(&places)?;
            last = format!("{children:?} {open:?} {left:?}");
            let none = children.is_empty() && left.is_nothing();
            Ok((none && open.len() <= open_files).then_some(()))
        });
        clean.with_context(|| format!("still there: {last}"))
    }

    /// Where it and what it runs may leave something: its temporary folder, and the
    /// folder of its runs.
    fn places(&self) -> anyhow::Result<[PathBuf; 2]> {
        let runs = self.locked_folder("runs")?;
        Ok([self.temporary.path().to_owned(), runs])
    }

    /// The folder in `target/NAME` of which it holds the lock.
    ///
    /// # Errors
    /// There is none, or no `/proc`.
    pub fn locked_folder(&self, name: &str) -> anyhow::Result<PathBuf> {
        let mut open = self.open_files()?.into_iter().map(PathBuf::from);
        let folder = open.find_map(|file| {
            let numbered = file.parent().filter(|_| file.ends_with("lock"))?;
            let is_in = numbered.parent()?.ends_with(Path::new("target").join(name));
            is_in.then(|| numbered.to_owned())
        });
        folder.with_context(|| format!("it has locked nothing in target/{name}"))
    }

    /// # Errors
    /// There is no `/proc`.
    pub fn open_files(&self) -> anyhow::Result<Vec<String>> {
        let mut open = Vec::new();
        for file in fs::read_dir(format!("/proc/{}/fd", self.pid()))? {
            // One that was closed since has no name any more.
            if let Ok(path) = fs::read_link(file?.path()) {
                open.push(path.display().to_string());
            }
        }
        Ok(open)
    }

    /// The most memory that it ever had, in KiB.
    ///
    /// # Errors
    /// There is no `/proc`.
    pub fn peak_memory(&self) -> anyhow::Result<u64> {
        peak_memory(self.pid())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.ends_by(Signal::INT).is_err() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

/// What a server and its runs have left behind.
#[derive(Debug, Default)]
pub struct Left {
    standing: Vec<String>,
    files: Vec<PathBuf>,
}

impl Left {
    fn in_places(places: &[PathBuf]) -> anyhow::Result<Left> {
        let mut left = Left::default();
        for place in places {
            left.standing.extend(standing_in(place)?);
            left.files.extend(left_in(place)?);
        }
        Ok(left)
    }

    pub fn is_nothing(&self) -> bool {
        self.standing.is_empty() && self.files.is_empty()
    }
}

/// Looks again and again until it finds something.
///
/// # Errors
/// It does not find it in time.
pub fn awaited<T>(
    what: &str,
    mut look: impl FnMut() -> anyhow::Result<Option<T>>,
) -> anyhow::Result<T> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Some(found) = look()? {
            return Ok(found);
        }
        thread::sleep(LOOK_AGAIN);
    }
    bail!("waited in vain for {what}")
}

/// What lies in a folder beside its lock.
///
/// # Errors
/// It cannot be read.
pub fn left_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut left = Vec::new();
    for entry in fs::read_dir(folder)? {
        left.push(entry?.path());
    }
    left.retain(|path| !path.ends_with("lock"));
    Ok(left)
}
