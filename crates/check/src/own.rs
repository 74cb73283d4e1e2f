//! The trial's own process: runs the code, and looks at what it left here.

use crate::leash;
use crate::marked::MARK;
use rustix::process::{WaitId, WaitIdOptions, waitid};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::exit;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// Ends what libtest has written before the trial begins.
pub(crate) const BEGINS: &str = "\n=== the trial begins ===\n";

/// Stands before and after the verdict: children may still write.
pub(crate) const VERDICT: &str = "\n=== the verdict ===\n";

/// The code returned `Ok` and left nothing. No other status says so, 0 least
/// of all: code that exits has not returned.
pub(crate) const PASSED: i32 = 89;

/// It returned an error.
pub(crate) const FAILED: i32 = 91;

/// It returned Ok, and left something.
pub(crate) const LEFT: i32 = 90;

/// A thread that the code has told to end may take a moment to do so.
const GRACE: Duration = Duration::from_secs(2);

pub(crate) fn is_trial() -> bool {
    env::var_os(MARK).is_some()
}

/// Runs the code, and exits.
pub(crate) fn run(work: impl FnOnce() -> anyhow::Result<()>) -> ! {
    leash::wear();
    print!("{BEGINS}");
    let _ = io::stdout().flush();
    let before = descriptors();
    let done = catch_unwind(AssertUnwindSafe(work));
    let _ = io::stdout().flush();
    let left = what_is_left(&before);
    match (done, left) {
        (Ok(Ok(())), None) => exit(PASSED),
        (Ok(Ok(())), Some(left)) => leave(LEFT, &left),
        (Ok(Err(error)), None) => leave(FAILED, &format!("{error:#}")),
        (Ok(Err(error)), Some(left)) => leave(FAILED, &format!("{error:#}; and {left}")),
        // The panic has said why.
        (Err(_), _) => exit(101),
    }
}

fn leave(status: i32, why: &str) -> ! {
    let _ = write!(io::stderr(), "{VERDICT}{why}{VERDICT}");
    exit(status)
}

/// What the code has left, once it has had a moment to be gone.
fn what_is_left(before: &BTreeSet<String>) -> Option<String> {
    let deadline = Instant::now() + GRACE;
    loop {
        let left = child_left().or_else(|| descriptor_left(before));
        if left.is_none() || Instant::now() > deadline {
            return left;
        }
        thread::sleep(Duration::from_millis(10));
    }
}

fn child_left() -> Option<String> {
    // Looks, and does not reap.
    let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    match waitid(WaitId::All, look) {
        // POSIX: no child at all, neither running nor a zombie.
        Err(rustix::io::Errno::CHILD) => None,
        Ok(Some(_)) => Some("a child has ended and nobody has waited for it: a zombie".to_owned()),
        _ => Some("a child still runs".to_owned()),
    }
}

fn descriptor_left(before: &BTreeSet<String>) -> Option<String> {
    let now = descriptors();
    let new: Vec<_> = now.difference(before).collect();
    let first = new.first()?;
    let target = fs::read_link(format!("/proc/self/fd/{first}"));
    let target = target.map_or(String::new(), |it| format!(" ({})", it.display()));
    Some(match new.len() {
        1 => format!("descriptor {first}{target} is still open"),
        count => format!("{count} descriptors are still open, among them {first}{target}"),
    })
}

/// The numbers of the open descriptors. The one by which the folder is read is
/// among them, and closed before anyone looks at it.
fn descriptors() -> BTreeSet<String> {
    let entries = fs::read_dir("/dev/fd").into_iter().flatten().flatten();
    let names: Vec<_> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let is_open = |name: &String| fs::symlink_metadata(format!("/dev/fd/{name}")).is_ok();
    names.into_iter().filter(is_open).collect()
}
