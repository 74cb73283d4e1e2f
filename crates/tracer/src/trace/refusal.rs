//! Why a run cannot be traced.

use std::fs;

/// A sentence: what refuses `ptrace`, and what would allow it.
pub(super) fn why() -> String {
    let scope = fs::read_to_string("/proc/sys/kernel/yama/ptrace_scope");
    let refuses = match scope.unwrap_or_default().trim() {
        "2" => {
            "Yama lets only the administrator trace (kernel.yama.ptrace_scope is 2): \
             `sudo sysctl kernel.yama.ptrace_scope=1` allows it."
        }
        "3" => {
            "Yama lets nobody trace (kernel.yama.ptrace_scope is 3): only a restart \
             of the machine with another setting allows it."
        }
        _ if is_filtered() => {
            "a filter of system calls, such as a container's, refuses ptrace: with \
             Docker, `--cap-add=SYS_PTRACE` allows it."
        }
        _ => "the system refuses ptrace.",
    };
    format!("This run cannot be X-rayed, since {refuses}")
}

/// Whether this process runs behind a seccomp filter.
fn is_filtered() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mode = status.lines().find_map(|it| it.strip_prefix("Seccomp:"));
    mode.is_some_and(|mode| mode.trim() == "2")
}
