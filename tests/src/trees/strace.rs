//! What `strace -f` writes of a tree, read.

use super::happened::Happened;
use anyhow::{Context, ensure};
use recording::Outcome;
use recording::traced::{Pid, SpawnCall};
use std::collections::HashMap;
use std::ffi::OsString;
use std::path::Path;

/// The program, for whoever asks whether it is here.
pub const STRACE: &str = "strace";

/// What `strace` is told: the calls by which a tree grows, written to `file`. The
/// program and its arguments follow.
pub fn arguments(file: &Path) -> Vec<OsString> {
    let calls = "trace=?clone,?clone3,?fork,?vfork,execve,execveat,wait4,waitid";
    // Not `--seccomp-bpf`: with it 6.1 loses the call that follows an exec by another
    // thread than the leader.
    let words = ["-f", "-q", "-s", "200", "-e", calls, "-o"].map(OsString::from);
    words.into_iter().chain([file.into()]).collect()
}

/// Reads the lines: each begins with the thread's number.
///
/// # Errors
/// A line that it cannot be read by this.
pub fn read(text: &str) -> anyhow::Result<(Pid, Vec<Happened>)> {
    let mut reader = Reader::default();
    // A thread may act, and end, before its maker's call has returned.
    for line in text.lines() {
        reader.find_threads(line);
    }
    reader.begun.clear();
    for line in text.lines() {
        let read = reader.line(line);
        read.with_context(|| format!("in what strace writes: {line}"))?;
    }
    let root = reader.root.context("strace wrote nothing")?;
    Ok((root, reader.happened))
}

#[derive(Default)]
struct Reader {
    root: Option<Pid>,
    happened: Vec<Happened>,
    /// Threads that are no leaders, and who made each.
    threads: HashMap<Pid, Pid>,
    /// Calls that have begun and not returned, by thread.
    begun: HashMap<Pid, String>,
}

impl Reader {
    fn find_threads(&mut self, line: &str) {
        let Some((thread, what)) = line.split_once(' ') else {
            return;
        };
        let Ok(thread) = thread.parse() else {
            return;
        };
        if what.contains("CLONE_THREAD") {
            self.begun.insert(thread, String::new());
        }
        if what.contains("clone")
            && let Some((_, value)) = what.rsplit_once(" = ")
            && self.begun.remove(&thread).is_some()
            && let Ok(child) = value.parse()
        {
            self.threads.insert(child, thread);
        }
    }

    fn line(&mut self, line: &str) -> anyhow::Result<()> {
        let (thread, what) = line.split_once(' ').context("no number")?;
        let thread: Pid = thread.parse()?;
        let what = what.trim_start();
        self.root.get_or_insert(thread);
        // It ended as it began a call, so that strace could not see which. What comes
        // next may stand in the same line.
        if what.starts_with("<... ???") {
            return Ok(());
        }
        if let Some(rest) = what.strip_prefix("???(") {
            let is_next = rest.starts_with(|it: char| it.is_ascii_digit());
            return if is_next { self.line(rest) } else { Ok(()) };
        }
        if what.starts_with("--- ") {
            return Ok(());
        }
        if let Some(end) = what.strip_prefix("+++ ") {
            return self.over(thread, end);
        }
        // An exec by another thread goes on as the leader.
        let changed = what.rsplit_once(" <pid changed to ");
        if let Some(begun) = what
            .strip_suffix(" <unfinished ...>")
            .or(changed.map(|it| it.0))
        {
            self.begun.insert(thread, begun.to_owned());
            return Ok(());
        }
        if let Some(rest) = what.strip_prefix("<... ") {
            let (_, rest) = rest.split_once(" resumed>").context("no resumed>")?;
            let begun = self.begun.remove(&thread);
            let begun = begun.context("it never began")?;
            return self.call(thread, &format!("{begun}{rest}"));
        }
        self.call(thread, what)
    }

    /// `+++ exited with 3 +++`, `+++ killed by SIGTERM (core dumped) +++`.
    fn over(&mut self, thread: Pid, end: &str) -> anyhow::Result<()> {
        let words: Vec<_> = end.split(' ').collect();
        let outcome = match words[..] {
            ["exited", "with", code, ..] => Outcome::Code(code.parse()?),
            ["killed", "by", signal, ..] => Outcome::Signal(number(signal)?),
            ["superseded", "by", "execve", "in", "pid", executor, ..] => {
                // That thread goes on under this number.
                let executor: Pid = executor.parse()?;
                if let Some(begun) = self.begun.remove(&executor) {
                    self.begun.insert(thread, begun);
                }
                return Ok(());
            }
            _ => anyhow::bail!("no way to end"),
        };
        self.begun.remove(&thread);
        if !self.threads.contains_key(&thread) {
            let pid = thread;
            self.happened.push(Happened::Ended { pid, outcome });
        }
        Ok(())
    }

    /// `vfork() = 12`, and so on.
    fn call(&mut self, thread: Pid, call: &str) -> anyhow::Result<()> {
        let (name, _) = call.split_once('(').context("no call")?;
        let (arguments, value) = call.rsplit_once(" = ").context("no value")?;
        let value = value.split(' ').next().unwrap_or_default();
        // It failed, or never returned.
        let Ok(value) = value.parse::<Pid>() else {
            return Ok(());
        };
        match name {
            "clone" | "clone3" | "fork" | "vfork" => self.born(thread, name, arguments, value),
            "execve" | "execveat" => {
                let pid = self.process(thread);
                let argv = argv(arguments)?;
                self.happened.push(Happened::Executed { pid, argv });
            }
            "wait4" if value > 0 => self.waited(thread, arguments, value),
            "waitid" => {
                let pid = arguments.split_once("si_pid=").map(|it| it.1);
                let pid = pid.and_then(|it| it.split([',', '}']).next());
                if let Some(pid) = pid.and_then(|it| it.parse().ok())
                    && !arguments.contains("WNOWAIT")
                {
                    self.waited(thread, arguments, pid);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn born(&mut self, thread: Pid, name: &str, arguments: &str, child: Pid) {
        if arguments.contains("CLONE_THREAD") {
            return;
        }
        let parent = self.process(thread);
        let how = if name == "vfork" || arguments.contains("CLONE_VFORK") {
            SpawnCall::Vfork
        } else if name == "fork" || arguments.contains("SIGCHLD") {
            SpawnCall::Fork
        } else {
            SpawnCall::Clone
        };
        self.happened.push(Happened::Spawned { parent, child, how });
    }

    fn waited(&mut self, thread: Pid, arguments: &str, pid: Pid) {
        let lives = ["WIFSTOPPED", "WIFCONTINUED", "CLD_STOPPED", "CLD_CONTINUED"];
        if !lives.iter().any(|it| arguments.contains(it)) {
            let by = self.process(thread);
            self.happened.push(Happened::Reaped { pid, by });
        }
    }

    fn process(&self, thread: Pid) -> Pid {
        match self.threads.get(&thread) {
            Some(maker) => self.process(*maker),
            None => thread,
        }
    }
}

/// The words of `execve("/bin/sh", ["sh", "-c"], 0x… /* 9 vars */`.
fn argv(arguments: &str) -> anyhow::Result<Vec<String>> {
    let (_, list) = arguments.split_once(", [").context("no list")?;
    let mut words = Vec::new();
    // The word that is open, if one is.
    let mut word: Option<String> = None;
    let mut characters = list.chars();
    while let Some(character) = characters.next() {
        word = match (word, character) {
            (None, ']') => return Ok(words),
            (None, '"') => Some(String::new()),
            (None, _) => None,
            (Some(text), '"') => {
                words.push(text);
                None
            }
            (Some(mut text), '\\') => {
                let escaped = characters.next().context("it breaks off")?;
                text.push(if escaped == 'n' { '\n' } else { escaped });
                Some(text)
            }
            (Some(mut text), other) => {
                text.push(other);
                Some(text)
            }
        };
    }
    anyhow::bail!("the list has no end")
}

/// The number of `SIGTERM`, `SIGRTMIN`, `SIGRT_2`.
fn number(name: &str) -> anyhow::Result<i32> {
    const NAMES: &[(&str, i32)] = &[
        ("SIGHUP", libc::SIGHUP),
        ("SIGINT", libc::SIGINT),
        ("SIGABRT", libc::SIGABRT),
        ("SIGKILL", libc::SIGKILL),
        ("SIGUSR1", libc::SIGUSR1),
        ("SIGSEGV", libc::SIGSEGV),
        ("SIGPIPE", libc::SIGPIPE),
        ("SIGTERM", libc::SIGTERM),
    ];
    if let Some((_, number)) = NAMES.iter().find(|it| it.0 == name) {
        return Ok(*number);
    }
    // strace counts the kernel's: 32 is the first.
    let real_time = name.strip_prefix("SIGRT_").and_then(|it| it.parse().ok());
    let number = match name {
        "SIGRTMIN" => Some(32),
        _ => real_time.map(|it: i32| 32 + it),
    };
    ensure!(number.is_some(), "no signal {name}");
    number.context("a number")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(name: &str) -> Happened {
        Happened::Executed {
            pid: 10,
            argv: vec![name.to_owned()],
        }
    }

    fn ends_well() -> Happened {
        let outcome = Outcome::Code(0);
        Happened::Ended { pid: 10, outcome }
    }

    #[test]
    fn a_thread_may_act_before_its_makers_call_returns() {
        let text = r#"10 execve("/bin/a", ["a", "x\"y\n"], 0x7f /* 9 vars */) = 0
10 clone3({flags=CLONE_VM|CLONE_THREAD, exit_signal=0} <unfinished ...>
11 clone(child_stack=NULL, flags=CLONE_CHILD_CLEARTID|SIGCHLD <unfinished ...>
12 +++ killed by SIGRT_2 +++
11 <... clone resumed>, child_tidptr=0x7f)    = 12
11 wait4(12, [{WIFSIGNALED(s) && WTERMSIG(s) == SIGRT_2}], 0, NULL) = 12
11 +++ exited with 0 +++
10 <... clone3 resumed> => {parent_tid=[11]}, 88) = 11
10 --- SIGCHLD {si_signo=SIGCHLD, si_pid=12} ---
10 +++ exited with 3 +++
"#;
        let (root, happened) = read(text).unwrap();
        assert_eq!(root, 10);
        let expected = [
            Happened::Executed {
                pid: 10,
                argv: vec!["a".to_owned(), "x\"y\n".to_owned()],
            },
            Happened::Ended {
                pid: 12,
                outcome: Outcome::Signal(34),
            },
            Happened::Spawned {
                parent: 10,
                child: 12,
                how: SpawnCall::Fork,
            },
            Happened::Reaped { pid: 12, by: 10 },
            Happened::Ended {
                pid: 10,
                outcome: Outcome::Code(3),
            },
        ];
        assert_eq!(happened, expected);
    }

    #[test]
    fn a_call_that_strace_could_not_see_is_none() {
        let text = r#"10 execve("/bin/a", ["a"], 0x7f) = 0
10 clone3({flags=CLONE_VM|CLONE_THREAD}, 88) = 11
11 execve("/bin/b", ["b"], 0x7f /* 9 vars */ <pid changed to 10 ...>
10 ???(10 +++ superseded by execve in pid 11 +++
10 <... execve resumed>)             = 0
10 clone3({flags=CLONE_VM|CLONE_THREAD}, 88) = 12
12 ???( <unfinished ...>
12 <... ??? resumed>)                = ?
12 +++ exited with 0 +++
10 ???()                             = ?
10 +++ exited with 0 +++
"#;
        let (_, happened) = read(text).unwrap();
        assert_eq!(happened, [image("a"), image("b"), ends_well()]);
    }

    #[test]
    fn an_exec_by_another_thread_is_the_leaders() {
        let text = r#"10 execve("/bin/a", ["a"], 0x7f) = 0
10 clone3({flags=CLONE_VM|CLONE_THREAD}, 88) = 11
11 execve("/bin/b", ["b"], 0x7f /* 9 vars */ <pid changed to 10 ...>
10 +++ superseded by execve in pid 11 +++
10 <... execve resumed>)             = 0
10 wait4(-1, NULL, 0, NULL)          = -1 ECHILD (No child processes)
10 +++ exited with 0 +++
"#;
        let (_, happened) = read(text).unwrap();
        assert_eq!(happened, [image("a"), image("b"), ends_well()]);
    }
}
