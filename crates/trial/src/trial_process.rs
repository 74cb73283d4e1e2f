//! The trial's side: runs the code in a process of its own, and looks at what
//! the code has left there.

use crate::mark::MARK_VARIABLE;
use crate::parent_pipe::die_with_parent;
use rustix::process::{WaitId, WaitIdOptions, waitid};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::exit;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// The line on stdout after which the code's own output begins. libtest has
/// written what stands before it.
pub(crate) const BEGINNING: &str = "\n=== the trial begins ===\n";

/// The line on stderr before and after the verdict. Children may still write
/// around it.
pub(crate) const VERDICT: &str = "\n=== the verdict ===\n";

/// The exit status that says: the code returned `Ok` and left nothing. It is not
/// 0, which code that calls `exit` itself would have.
pub(crate) const EXIT_PASSED: i32 = 89;

/// The code returned an error.
pub(crate) const EXIT_FAILED: i32 = 91;

/// The code returned `Ok`, and left something.
pub(crate) const EXIT_LEFT: i32 = 90;

/// How long the code's threads may take to end what they hold.
const GRACE: Duration = Duration::from_secs(2);

/// Whether this process is a trial's.
pub(crate) fn is_trial() -> bool {
    env::var_os(MARK_VARIABLE).is_some()
}

/// Runs the code, and exits with a status that says how it went.
pub(crate) fn run(work: impl FnOnce() -> anyhow::Result<()>) -> ! {
    die_with_parent();
    print!("{BEGINNING}");
    let _ = io::stdout().flush();
    let before = descriptors();
    let done = catch_unwind(AssertUnwindSafe(work));
    let _ = io::stdout().flush();
    let left = what_is_left(&before);
    match (done, left) {
        (Ok(Ok(())), None) => exit(EXIT_PASSED),
        (Ok(Ok(())), Some(left)) => exit_with(EXIT_LEFT, &left),
        (Ok(Err(error)), None) => exit_with(EXIT_FAILED, &format!("{error:#}")),
        (Ok(Err(error)), Some(left)) => exit_with(EXIT_FAILED, &format!("{error:#}; and {left}")),
        // The panic has said why.
        (Err(_), _) => exit(101),
    }
}

fn exit_with(status: i32, verdict: &str) -> ! {
    let _ = write!(io::stderr(), "{VERDICT}{verdict}{VERDICT}");
    exit(status)
}

/// What the code has left, if it is still there after [`GRACE`].
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
    // NOWAIT: a zombie is seen and not reaped.
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    match waitid(WaitId::All, options) {
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

/// The numbers of the open descriptors. The folder itself is read by one more,
/// which is closed when the others are looked at, and so is left out.
fn descriptors() -> BTreeSet<String> {
    let entries = fs::read_dir("/dev/fd").into_iter().flatten().flatten();
    let names: Vec<_> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let is_open = |name: &String| fs::symlink_metadata(format!("/dev/fd/{name}")).is_ok();
    names.into_iter().filter(is_open).collect()
}
