//! What the owner of a problem sees, in the words of the page.

use super::estate::{Estate, PAGE, USER, can_be_another_user};
use anyhow::{Context, ensure};
use std::fs;
use std::process::{Command, Output};
use tests::book::root;

/// How many locks of its own a process has, before it closes another descriptor
/// of the file and afterwards.
const CLOSED_AGAIN: &str = r#"python3 -c '
import fcntl, os
def own_locks():
    lines = [line.split() for line in open("/proc/locks")]
    return sum(line[1] == "POSIX" and line[4] == str(os.getpid()) for line in lines)
lock = open("f", "w")
fcntl.lockf(lock, fcntl.LOCK_EX)
before = own_locks()
open("f").close()
print("own locks", before, own_locks())'"#;

/// The same, before and after an exec.
const CLOSED_ON_EXEC: &str = r#"python3 -c '
import fcntl, os
lock = open("f", "w")
fcntl.lockf(lock, fcntl.LOCK_EX)
count = "grep -c \"POSIX.* $$ \" /proc/locks"
before = os.popen(count.replace("$$", str(os.getpid()))).read().strip()
os.execvp("sh", ["sh", "-c", f"echo own locks {before} $({count})"])'"#;

/// Words of the page; what `bash` is told, with the heir as `$1` and an ordinary
/// user as `$2`; and what that prints, or ends with.
const MESSAGES: [(&str, &str, &str); 17] = [
    (
        "Too many open files (os error 24)",
        "prlimit --nofile=4 \"$1\" fork 'signal mask'",
        "Too many open files (os error 24)",
    ),
    (
        "File size limit exceeded`, status 153",
        "(ulimit -f 1; exec head -c 100000 /dev/zero >out); echo status $?",
        "File size limit exceeded",
    ),
    (
        "File size limit exceeded`, status 153",
        "(ulimit -f 1; exec head -c 100000 /dev/zero >out); echo status $?",
        "status 153",
    ),
    (
        "nice: cannot set niceness: Permission denied",
        "$2 nice -n 5 nice -n -5 true",
        "nice: cannot set niceness: Permission denied",
    ),
    (
        "`nproc` says 1",
        "taskset -c $(taskset -cp $$ | sed 's/.*[ ,-]//') nproc | sed 's/^/says /'",
        "says 1",
    ),
    (
        "files have mode 600, those of the same program by hand 644",
        "umask 77; touch out; umask 22; touch more; stat -c %a out more | xargs",
        "600 644",
    ),
    (
        "`file too short`",
        ": >libc.so.6; LD_LIBRARY_PATH=$PWD sed --version",
        "file too short",
    ),
    (
        "`No module named 'encodings'`",
        "PYTHONHOME=/nowhere python3 -c ''",
        "No module named 'encodings'",
    ),
    (
        "and not what the program changed since",
        "python3 -c 'import os; os.environ[\"DISH\"] = \"dal\"; print(\"seen\", b\"DISH=\" in open(\"/proc/self/environ\", \"rb\").read())'",
        "seen False",
    ),
    (
        "a shell's `exec 9>lock` is not marked",
        "bash -c 'exec 9>lock; readlink /proc/self/fd/9 | xargs basename; exit'",
        "lock",
    ),
    (
        "a shell's `exec 9>lock` is not marked",
        "dash -c 'exec 9>lock; readlink /proc/self/fd/9 | xargs basename; exit'",
        "lock",
    ),
    (
        "when the process closes any descriptor of that file",
        CLOSED_AGAIN,
        "own locks 1 0",
    ),
    (
        "because the descriptor is marked close-on-exec",
        CLOSED_ON_EXEC,
        "own locks 1 0",
    ),
    (
        "`Alarm clock`, status 142",
        "python3 -c 'import os, signal; signal.setitimer(signal.ITIMER_REAL, 0.01); os.execvp(\"sleep\", [\"sleep\", \"60\"])'; echo status $?",
        "Alarm clock",
    ),
    (
        "status 142, or -14 in Python",
        "python3 -c 'import os, signal; signal.setitimer(signal.ITIMER_REAL, 0.01); os.execvp(\"sleep\", [\"sleep\", \"60\"])'; echo status $?",
        "status 142",
    ),
    (
        "`yes: standard output: Broken pipe`",
        "python3 -c 'import os; os.system(\"yes | head -n1\")'",
        "yes: standard output: Broken pipe",
    ),
    (
        "the same pipeline by `subprocess` is silent",
        "python3 -c 'import subprocess; subprocess.run(\"yes | head -n1\", shell=True)' 2>&1 | xargs echo lines",
        "lines y\n",
    ),
];

pub fn messages() -> anyhow::Result<()> {
    let estate = Estate::new()?;
    let page = fs::read_to_string(root().join("book/appendix-reference").join(PAGE))?;
    let mut wrong = Vec::new();
    for (words, script, prints) in MESSAGES {
        ensure!(page.contains(words), "the page does not say {words}");
        let mut bash = estate.command("bash")?;
        let user = match can_be_another_user() {
            true => USER.join(" "),
            false => String::new(),
        };
        bash.args(["-c", script, "bash"])
            .arg(estate.program())
            .arg(user);
        let said = all(&mut bash)?;
        if !said.contains(prints) {
            wrong.push(format!("{words}: {said}"));
        }
    }
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// A program, its library, and another of that name: without the function, or
/// of another version.
const OTHER_LIBRARY: &str = r#"
echo 'int dish(void) { return 0; }' >lib.c; echo >empty.c
echo 'int dish(void); int main(void) { return dish(); }' >main.c
echo 'NEW { dish; };' >new; echo 'OLD { dish; };' >old
mkdir one empty old-one
gcc -shared -fPIC -o one/libdish.so lib.c -Wl,--version-script=new
gcc -o cook main.c -Lone -ldish
gcc -shared -fPIC -o old-one/libdish.so lib.c -Wl,--version-script=old
gcc -shared -fPIC -o empty/libdish.so empty.c
gcc -shared -fPIC -o plain.so lib.c -Wl,-soname,libdish.so
gcc -o plain main.c ./plain.so
LD_LIBRARY_PATH=one ./cook && echo cooked
LD_LIBRARY_PATH=old-one ./cook
LD_LIBRARY_PATH=empty ./plain
"#;

pub fn libraries() -> anyhow::Result<()> {
    let estate = Estate::new()?;
    let page = fs::read_to_string(root().join("book/appendix-reference").join(PAGE))?;
    ensure!(page.contains("`symbol lookup error`, `version … not found`"));
    let said = all(estate.command("sh")?.args(["-c", OTHER_LIBRARY]))?;
    for words in ["cooked", "version `NEW' not found", "symbol lookup error"] {
        ensure!(said.contains(words), "no {words}: {said}");
    }
    Ok(())
}

/// Both streams, the one after the other.
fn all(command: &mut Command) -> anyhow::Result<String> {
    let Output { stdout, stderr, .. } = command.output().context("starting")?;
    Ok(String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned())
}
