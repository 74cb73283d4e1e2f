//! The processes of the machine, as Linux shows them.

use anyhow::{Context, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a program is started in a pid namespace of its own (`pid_namespaces(7)`),
/// where it knows no process of ours; `None` where we may not do that.
pub fn pid_namespace() -> Option<Command> {
    in_namespace(&["--pid", "--mount-proc"])
}

/// How a program is started in a mount namespace of its own (`mount_namespaces(7)`),
/// where what it mounts hides nothing from us; `None` where we may not do that.
pub fn mount_namespace() -> Option<Command> {
    in_namespace(&["--mount"])
}

/// By `unshare`, as its child, which ends with it.
fn in_namespace(kinds: &[&str]) -> Option<Command> {
    let user: &[&str] = &["--user", "--map-root-user"];
    [&[], user].into_iter().find_map(|user| {
        let unshare = || {
            let mut unshare = Command::new("unshare");
            unshare.args(user);
            unshare.args(kinds).args(["--fork", "--kill-child"]);
            unshare
        };
        let tried = unshare().arg("true").stderr(Stdio::null()).status();
        tried.is_ok_and(|it| it.success()).then(unshare)
    })
}

/// A process, as the machine's table has it.
#[derive(Debug)]
pub struct Process {
    pub pid: u32,
    pub is_zombie: bool,
    parent: u32,
}

/// The processes, zombies too, whose parent is `parent`.
///
/// # Errors
/// There is neither `/proc` nor `ps`.
pub fn children(parent: u32) -> anyhow::Result<Vec<Process>> {
    let mut processes = all()?;
    processes.retain(|process| process.parent == parent);
    Ok(processes)
}

/// # Errors
/// It has none, or several.
pub fn only_child(parent: u32) -> anyhow::Result<u32> {
    let children = children(parent)?;
    ensure!(children.len() == 1, "not one child: {children:?}");
    Ok(children[0].pid)
}

/// Every process of the machine, from `/proc`, or from `ps` where there is
/// none.
///
/// # Errors
/// There is neither.
pub fn all() -> anyhow::Result<Vec<Process>> {
    if !Path::new("/proc/self/stat").exists() {
        let columns = ["-A", "-o", "pid=,stat=,ppid="];
        let table = Command::new("ps").args(columns).output();
        let table = String::from_utf8(table.context("starting ps")?.stdout)?;
        return Ok(table.lines().filter_map(process).collect());
    }
    let stats = folders()?.into_iter();
    let stats = stats.filter_map(|folder| fs::read_to_string(folder.join("stat")).ok());
    let processes = stats.filter_map(|stat| {
        // The program's name stands in brackets and may hold anything, proc(5).
        let (pid, rest) = stat.split_once(" (")?;
        let (_, rest) = rest.rsplit_once(") ")?;
        process(&format!("{pid} {rest}"))
    });
    Ok(processes.collect())
}

/// A row: the process's id, its state, its parent's id.
fn process(row: &str) -> Option<Process> {
    let mut row = row.split_whitespace();
    Some(Process {
        pid: row.next()?.parse().ok()?,
        is_zombie: row.next()?.starts_with('Z'),
        parent: row.next()?.parse().ok()?,
    })
}

/// The most memory that a process ever had, in KiB (`VmHWM`, proc(5)).
///
/// # Errors
/// There is no such process, or no `/proc`.
pub fn peak_memory(pid: u32) -> anyhow::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.context("no VmHWM")?.trim().trim_end_matches(" kB");
    Ok(peak.parse()?)
}

/// The processes that stand in a folder or below it.
///
/// # Errors
/// There is no `/proc`.
pub fn standing_in(folder: &Path) -> anyhow::Result<Vec<String>> {
    let standing = |process: &PathBuf| {
        fs::read_link(process.join("cwd")).is_ok_and(|place| place.starts_with(folder))
    };
    let processes = folders()?.into_iter().filter(standing);
    Ok(processes.map(|it| it.display().to_string()).collect())
}

/// Whether one of those is called so.
///
/// # Errors
/// There is no `/proc`.
pub fn runs_a(name: &str, folder: &Path) -> anyhow::Result<bool> {
    let standing = standing_in(folder)?;
    let names = standing
        .iter()
        .map(|it| fs::read_to_string(format!("{it}/comm")));
    Ok(names.flatten().any(|it| it.trim_end() == name))
}

/// The folders of the processes in `/proc`.
fn folders() -> anyhow::Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if name.is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit())) {
            folders.push(path);
        }
    }
    Ok(folders)
}
