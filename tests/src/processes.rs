//! The processes of the machine, as Linux shows them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a program is started in a pid namespace of its own (`pid_namespaces(7)`),
/// where it knows no process of ours; `None` where we may not do that.
pub fn pid_namespace() -> Option<Command> {
    let user: &[&str] = &["--user", "--map-root-user"];
    [&[], user].into_iter().find_map(|user| {
        let unshare = || {
            let mut unshare = Command::new("unshare");
            unshare.args(user);
            unshare.args(["--pid", "--fork", "--kill-child", "--mount-proc"]);
            unshare
        };
        let tried = unshare().arg("true").stderr(Stdio::null()).status();
        tried.is_ok_and(|it| it.success()).then(unshare)
    })
}

/// The processes, zombies too, whose parent is `parent`.
///
/// # Errors
/// There is no `/proc`.
pub fn children(parent: u32) -> anyhow::Result<Vec<String>> {
    let parent = parent.to_string();
    let mut children = Vec::new();
    for process in processes()? {
        let stat = fs::read_to_string(process.join("stat")).unwrap_or_default();
        // pid (name) state parent …; the name may have any character in it.
        let rest = stat.rsplit_once(')').map(|(_, rest)| rest);
        let found = rest.and_then(|rest| rest.split_whitespace().nth(1));
        if found == Some(&parent) {
            children.push(stat);
        }
    }
    Ok(children)
}

/// The processes that stand in a folder or below it.
///
/// # Errors
/// There is no `/proc`.
pub fn standing_in(folder: &Path) -> anyhow::Result<Vec<String>> {
    let standing = |process: &PathBuf| {
        fs::read_link(process.join("cwd")).is_ok_and(|place| place.starts_with(folder))
    };
    let processes = processes()?.into_iter().filter(standing);
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

fn processes() -> anyhow::Result<Vec<PathBuf>> {
    let mut processes = Vec::new();
    for entry in fs::read_dir("/proc")? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if name.is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit())) {
            processes.push(path);
        }
    }
    Ok(processes)
}
