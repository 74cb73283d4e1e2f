//! Runs a case, where it can be run.

use super::case::{Case, How, folder};
use anyhow::{Context, bail};
use duct::{Expression, cmd};
use libtest_mimic::Trial;
use rustix::fs::{FlockOperation, flock};
use rustix::process::{Pid, Signal, geteuid, kill_process_group};
use std::env;
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;
use tempfile::TempDir;
use tests::book::root;
use tests::harness;

/// A case that takes longer does not end.
const PATIENCE: Duration = Duration::from_secs(120);

/// Daemons whose installation would start them are unpacked by `.ci/run`, into
/// this folder of the checkout.
const UNPACKED: &str = "target/tools/unpacked";

/// What manages services. Two of them would share one tree of control groups.
const MANAGER: &str = "/lib/systemd/systemd";

/// What came of it.
pub struct Running {
    pub printed: String,
    pub complained: String,
}

/// A folder that others may enter: some cases run as nobody.
fn scratch() -> anyhow::Result<TempDir> {
    use std::os::unix::fs::PermissionsExt;
    let everybody = std::fs::Permissions::from_mode(0o755);
    let folder = tempfile::Builder::new().permissions(everybody).tempdir();
    folder.context("making a folder")
}

/// A test of this case, or a line that says why there is none.
pub fn trial(case: &Case, run: impl FnOnce() -> anyhow::Result<()> + Send + 'static) -> Trial {
    let name = format!("surroundings: {}", case.row);
    let text = case.how.text();
    let needs_root = !matches!(case.how, How::Sh(_) | How::Python(_) | How::Given(_));
    if (needs_root || text.contains("sudo ")) && !geteuid().is_root() {
        return harness::skipped(name, "not root");
    }
    let unshares = needs_root || text.contains("$UNSHARE") || text.contains("namespace(");
    if unshares && unshare().is_none() {
        return harness::skipped(name, "namespaces are forbidden");
    }
    if matches!(case.how, How::Systemd(_)) && !may_make_groups() {
        return harness::skipped(name, "control groups cannot be made");
    }
    let needs = needs(case);
    let needed = needs.iter().map(String::as_str);
    let missing: Vec<_> = needed.filter(|it| program(it).is_none()).collect();
    harness::needing(name, &missing, run)
}

fn needs(case: &Case) -> Vec<String> {
    let by_way = match &case.how {
        How::Sudo(_) => &["sudo"][..],
        How::Ssh(_) => &["ssh", "sshd"],
        How::Cron(_) => &["cron"],
        How::Systemd(_) => &["systemctl"],
        _ => &[],
    };
    let by_way = by_way.iter().map(|it| (*it).to_owned());
    case.needs.iter().cloned().chain(by_way).collect()
}

/// Where a program is: on the PATH, among the system's, or unpacked.
fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let unpacked = root().join(UNPACKED).join("usr/sbin");
    let more = [PathBuf::from("/usr/sbin"), unpacked];
    let mut folders = env::split_paths(&path).chain(more);
    folders.find_map(|it| Some(it.join(name)).filter(|it| it.is_file()))
}

/// Whether a service manager could make control groups below ours, in the hierarchy
/// that it uses: a container may have them read-only.
fn may_make_groups() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let ours = std::fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
        let mut folders = ours.lines().filter_map(|line| {
            let (_, hierarchy) = line.split_once(':')?;
            match hierarchy.split_once(':')? {
                ("", path) => ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]
                    .into_iter()
                    .map(|it| format!("{it}{path}"))
                    .find(|it| std::fs::exists(format!("{it}/cgroup.procs")).unwrap_or(false)),
                ("name=systemd", path) => Some(format!("/sys/fs/cgroup/systemd{path}")),
                _ => None,
            }
        });
        folders.any(|it| {
            let group = format!("{it}/tried-by-the-book-{}", std::process::id());
            let is_made = std::fs::create_dir(&group).is_ok();
            is_made && std::fs::remove_dir(&group).is_ok()
        })
    })
}

/// The words that begin a command in namespaces of its own.
fn unshare() -> Option<&'static [&'static str]> {
    static FOUND: OnceLock<Option<&[&str]>> = OnceLock::new();
    const USER: &[&str] = &["unshare", "--user", "--map-root-user"];
    *FOUND.get_or_init(|| {
        let may = |words: &&&[&str]| {
            let mut unshare = Command::new(words[0]);
            unshare
                .args(&words[1..])
                .args(["--mount", "--pid", "--fork", "--mount-proc", "true"]);
            let tried = unshare.stderr(Stdio::null()).status();
            tried.is_ok_and(|it| it.success())
        };
        [&USER[..1], USER].iter().find(may).copied()
    })
}

impl How {
    fn text(&self) -> &str {
        match self {
            How::Sh(it) | How::Python(it) | How::Given(it) | How::GivenAlone(it) => it,
            How::Sudo(it) | How::Ssh(it) | How::Cron(it) | How::Systemd(it) => it,
        }
    }

    /// What it is run by.
    fn words(&self) -> Vec<String> {
        let sh =
            |before: &str, text: &str| vec!["sh".into(), "-c".into(), format!("{before}\n{text}")];
        let given = |text: &str| {
            let starter = folder().join("given_here.py").display().to_string();
            vec!["python3".into(), starter, text.to_owned()]
        };
        let python = |text: &str| {
            let text = format!("from terminals import *\nfrom namespaces import *\n{text}");
            vec!["python3".into(), "-c".into(), text]
        };
        match self {
            How::Sh(text) => sh("", text),
            How::Python(text) if text.contains("namespace(") => {
                let outside = unshare().unwrap_or_default().iter().copied();
                let words = outside.chain(["--mount"]).map(str::to_owned);
                words.chain(python(text)).collect()
            }
            How::Python(text) => python(text),
            How::Given(text) => given(text),
            How::GivenAlone(text) => alone(given(text)),
            How::Sudo(text) => alone(sh("", text)),
            How::Ssh(text) => alone(sh(". \"$HERE/sshd.sh\"", text)),
            How::Cron(text) => alone(sh(". \"$HERE/cron.sh\"", text)),
            How::Systemd(text) => alone(sh(". \"$HERE/systemd.sh\"", text)),
        }
    }
}

/// In namespaces, where all ends with it.
fn alone(words: Vec<String>) -> Vec<String> {
    let namespaces = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
    let outside = unshare().unwrap_or_default().iter().copied();
    let outside = outside.chain(namespaces).map(str::to_owned);
    outside.chain(words).collect()
}

/// Runs it, in a folder of its own.
///
/// # Errors
/// It does not end.
pub fn run(case: &Case) -> anyhow::Result<Running> {
    let folder = scratch()?;
    let manages =
        case.needs.iter().any(|it| it == "systemctl") || matches!(case.how, How::Systemd(_));
    let one = manages.then(|| File::open(MANAGER)).transpose()?;
    if let Some(manager) = &one {
        flock(manager, FlockOperation::LockExclusive).context("waiting for another's manager")?;
    }
    let words = case.how.words();
    let command = surrounded(cmd(&words[0], &words[1..])).dir(folder.path());
    let running = command.stdin_null().stdout_capture().stderr_capture();
    let running = running.before_spawn(|command| {
        command.process_group(0);
        Ok(())
    });
    let running = running.unchecked().start().context("starting a case")?;
    if running.wait_timeout(PATIENCE)?.is_none() {
        for pid in running.pids() {
            let group = Pid::from_raw(pid.try_into()?).context("a group's number")?;
            kill_process_group(group, Signal::KILL)?;
        }
        // What is in a session of its own can hold the pipes for longer.
        let printed = running.wait_timeout(PATIENCE / 10)?;
        bail!("it does not end, and has printed {printed:?}");
    }
    let output = running.wait()?;
    drop(one);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Running {
        printed: text(&output.stdout),
        complained: text(&output.stderr),
    })
}

/// The variables that cases use.
fn surrounded(command: Expression) -> Expression {
    let listing = root().join("chapters-code/reference/python/given.py");
    let find = |name: &str| program(name).unwrap_or_default();
    command
        .env("UNSHARE", unshare().unwrap_or_default().join(" "))
        .env("HERE", folder())
        .env("PYTHONPATH", folder())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("LISTING", listing)
        .env("TERM", "xterm")
        .env("CRON", find("cron"))
        .env("SSHD", find("sshd"))
}
