//! Programs that do what few do: under the tracer they print and end as without.

use anyhow::{Context, ensure};
use libtest_mimic::Trial;
use recording::{Event, Kind, Outcome};
use run::{Start, missing_tools};
use std::time::Duration;
use tests::book::chapters;
use tests::harness;
use tests::trees::told;

/// Only a hang takes so long.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// A script, run by bash.
struct Odd {
    name: &'static str,
    needs: &'static [&'static str],
    script: &'static str,
}

const fn odd(name: &'static str, needs: &'static [&'static str], script: &'static str) -> Odd {
    Odd {
        name,
        needs,
        script,
    }
}

const ODD: &[Odd] = &[
    odd(
        "git",
        &["git"],
        "export HOME=$PWD; git init -q -b main r; cd r; git config user.email a@b; git config user.name n
        for n in 1 2 3; do echo $n >>f; git add f; GIT_COMMITTER_DATE=0+0000 git commit -qm $n --date=@0; done
        git log --format=%s; git status --short; git gc -q --no-detach 2>&1; git fsck 2>&1",
    ),
    odd(
        "make with jobs",
        &["make"],
        "printf 'all: %s\\n' \"$(seq -s ' ' 40)\" >Makefile
        for n in $(seq 40); do printf '%s:\\n\\t@sh -c \"exec true\" && echo %s >o%s\\n' $n $n $n >>Makefile; done
        make -s -j8 && cat $(ls o* | sort) | sort -n | md5sum",
    ),
    odd(
        "a pool of Python processes",
        &["python3"],
        "cat >p.py <<'END'
import multiprocessing
def square(n):
    return n * n
if __name__ == '__main__':
    for way in ['fork', 'spawn', 'forkserver']:
        with multiprocessing.get_context(way).Pool(4) as pool:
            print(way, sum(pool.map(square, range(1000))))
END
        python3 p.py",
    ),
    odd("cargo's version", &["cargo"], "cargo --version; rustc --version"),
    odd(
        "five hundred threads, then exec",
        &["python3"],
        "cat >p.py <<'END'
import os, threading
stop = threading.Event()
for _ in range(500):
    threading.Thread(target=stop.wait, daemon=True).start()
print(threading.active_count(), flush=True)
os.execvp('echo', ['echo', 'another program'])
END
        python3 p.py",
    ),
    odd(
        "three hundred threads, one after the other",
        &["cc"],
        "cat >p.c <<'END'
#include <pthread.h>
#include <stdio.h>
static void *ends(void *it) { return it; }
int main(void) {
    for (int n = 0; n < 300; n++) { pthread_t t; pthread_create(&t, 0, ends, 0); pthread_join(t, 0); }
    puts(\"over\");
}
END
        cc -pthread -o p p.c && ./p",
    ),
    odd(
        "a hundred threads that spawn at once",
        &["python3"],
        "cat >p.py <<'END'
import subprocess, threading
sums = []
def start():
    for _ in range(3):
        sums.append(subprocess.run(['sh', '-c', 'exit 7']).returncode)
threads = [threading.Thread(target=start) for _ in range(100)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(sums), sum(sums))
END
        python3 p.py",
    ),
    odd(
        "signals of real time, each with its number, in order",
        &["python3"],
        "cat >p.py <<'END'
import ctypes, os, signal
libc = ctypes.CDLL(None, use_errno=True)
number = signal.SIGRTMIN + 3
signal.pthread_sigmask(signal.SIG_BLOCK, [number, signal.SIGUSR1])
child = os.fork()
if child == 0:
    for value in range(100):
        libc.sigqueue(os.getppid(), number, ctypes.c_void_p(value))
    os.kill(os.getppid(), signal.SIGUSR1)
    os._exit(0)
os.waitpid(child, 0)
got = [signal.sigwaitinfo([number]) for _ in range(100)]
print(len(got), {it.si_pid == child for it in got}, {it.si_code for it in got})
got = signal.sigwaitinfo([signal.SIGUSR1])
print(got.si_pid == child, got.si_code, signal.sigtimedwait([number], 0))
END
        python3 p.py",
    ),
    odd(
        "handlers get what the sender said",
        &["python3"],
        "cat >p.c <<'END'
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
static volatile int sum, from, code;
static void handler(int signal, siginfo_t *info, void *context) {
    sum += info->si_value.sival_int; from = info->si_pid; code = info->si_code;
}
int main(void) {
    struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };
    sigaction(SIGRTMIN + 1, &action, 0);
    int parent = getpid(), child = fork();
    if (!child) {
        for (int n = 0; n < 200; n++) sigqueue(parent, SIGRTMIN + 1, (union sigval){ .sival_int = n });
        _exit(0);
    }
    int status;
    while (waitpid(child, &status, 0) != child) {}
    printf(\"%d %d %d\\n\", sum, from == child, code == SI_QUEUE);
}
END
        cc -o p p.c && ./p",
    ),
    odd(
        "a storm of stops",
        &[],
        "n=0; sh -c 'while :; do :; done' & p=$!
        for n in $(seq 300); do kill -STOP $p; kill -CONT $p; done
        kill -TERM $p; wait $p; echo $?",
    ),
    odd(
        "stops that are waited for",
        &["python3"],
        "cat >p.py <<'END'
import os, signal
child = os.fork()
if child == 0:
    while True: signal.pause()
said = []
for _ in range(100):
    os.kill(child, signal.SIGSTOP)
    said.append(os.WIFSTOPPED(os.waitpid(child, os.WUNTRACED)[1]))
    os.kill(child, signal.SIGCONT)
    said.append(os.WIFCONTINUED(os.waitpid(child, os.WCONTINUED)[1]))
os.kill(child, signal.SIGKILL)
print(len(said), all(said), os.waitpid(child, 0)[1])
END
        python3 p.py",
    ),
    odd(
        "a stop ends the sleep of nobody",
        &["python3"],
        "cat >p.py <<'END'
import os, select, signal, time
child = os.fork()
if child == 0:
    r, w = os.pipe()
    start = time.monotonic()
    time.sleep(0.3)
    select.poll().poll(300)
    print(time.monotonic() - start >= 0.6, flush=True)
    os._exit(0)
for _ in range(20):
    time.sleep(0.02)
    os.kill(child, signal.SIGSTOP)
    os.kill(child, signal.SIGCONT)
print(os.waitpid(child, 0)[1])
END
        python3 p.py",
    ),
    odd(
        "a kill between an exec and what comes after",
        &["python3"],
        "cat >p.py <<'END'
import os, signal, time
ends = set()
for n in range(400):
    child = os.fork()
    if child == 0:
        os.execv('/bin/sleep', ['sleep', '60'])
    for _ in range(n * 20): pass
    os.kill(child, signal.SIGKILL)
    ends.add(os.waitpid(child, 0)[1])
print(ends)
END
        python3 p.py",
    ),
    odd(
        "a thousand zombies",
        &["python3"],
        "cat >p.py <<'END'
import os
children = []
for _ in range(1000):
    child = os.fork()
    if child == 0: os._exit(3)
    children.append(child)
for child in children: os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
print({os.waitpid(child, 0)[1] for child in children})
END
        python3 p.py",
    ),
    odd(
        "one signal for two hundred",
        &["python3"],
        "cat >p.py <<'END'
import os, signal
r, w = os.pipe()
leader = os.fork()
if leader == 0:
    os.setpgid(0, 0)
    for _ in range(200):
        if os.fork() == 0:
            os.write(w, b'r')
            while True: signal.pause()
    os.write(w, b'r')
    while True: signal.pause()
n = 0
while n < 201: n += len(os.read(r, 500))
os.close(w)
os.killpg(leader, signal.SIGKILL)
print(os.waitpid(leader, 0)[1], os.read(r, 1))
END
        python3 p.py",
    ),
    odd(
        "a thousand programs in one process",
        &[],
        "cat >n.sh <<'END'
[ $1 -gt 0 ] || { echo the last of $2; exit 5; }
exec sh n.sh $(($1 - 1)) $2
END
        sh n.sh 1000 1000; echo $?",
    ),
    odd(
        "arguments as long as they may be",
        &[],
        "a=$(printf %0131000d 0); /bin/echo $a $a $a | md5sum; env X=$a sh -c 'echo ${#X}'",
    ),
    odd(
        "bytes that are no text",
        &[],
        "/bin/echo $'\\xff\\xfe' $'new\\nline' '' | md5sum; sh -c 'exit 0' $'\\xff'",
    ),
    odd(
        "a daemon",
        &["setsid"],
        "(setsid sh -c 'trap \"\" HUP; sh -c \"sleep 0.2; echo late >>log\" &' >/dev/null 2>&1 &)
        until [ -s log ]; do sleep 0.05; done; cat log",
    ),
    odd(
        "a pid namespace",
        &["unshare"],
        "unshare --user --map-root-user --pid --fork --mount-proc sh -c '
            echo $$; sh -c \"echo \\$\\$\"; (sleep 0.01 & wait); sh -c \"kill -TERM \\$\\$\"; echo $?; exit 9'; echo $?",
    ),
    odd(
        "a namespace whose init is killed",
        &["unshare"],
        "unshare --user --map-root-user --pid --fork --kill-child sh -c 'sleep 60 & sleep 60 & kill -9 $$; exec sleep 0.1'; echo $?",
    ),
    odd(
        "a terminal with jobs",
        &["script"],
        "printf 'set -m\\nsh -c \"kill -STOP \\$\\$; echo on\"; echo $?\\nfg; echo $?\\nexit 4\\n' >in
        SHELL=/bin/sh script -qec 'stty -echo; exec sh in' /dev/null | tr -d '\\r'",
    ),
    odd(
        "what each of a thousand children says",
        &[],
        "echo word >p; for n in $(seq 1000); do x=$(cat p); [ \"$x\" = word ] || echo \"$n: $x\"; done; echo over",
    ),
    odd(
        "timeout",
        &["timeout"],
        "timeout 0.1 sleep 60; echo $?; timeout -s KILL 0.1 sleep 60; echo $?; timeout 10 true; echo $?
        timeout -k 0.1 0.1 sh -c 'trap \"\" TERM; while :; do :; done'; echo $?",
    ),
    odd("xargs", &["xargs"], "seq 200 | xargs -P8 -n5 echo | tr ' ' '\\n' | sort -n | md5sum"),
    odd(
        "no streams at all",
        &[],
        "sh -c 'exec 0<&- 1>&- 2>&-; true; sh -c \"exit 4\"'; echo $?; sh -c 'echo x >&-' 2>/dev/null; echo $?",
    ),
    odd(
        "a pipe that breaks",
        &[],
        "yes | head -n1; echo ${PIPESTATUS[*]}; sh -c 'trap \"\" PIPE; yes 2>e | head -n1; cat e'
        (echo one; sleep 0.1; echo two; echo $? >&2) | true; echo ${PIPESTATUS[*]}",
    ),
    odd(
        "each write to a pipe that nobody reads",
        &["python3"],
        "cat >p.py <<'END'
import os, signal, socket
def handler(number, frame):
    global handled
    handled += 1
def reads_not(kind):
    if kind == 'pipe':
        reader, writer = os.pipe()
    else:
        reader, writer = (it.detach() for it in socket.socketpair())
    os.close(reader)
    return writer
for kind in ['pipe', 'socket']:
    for action in [signal.SIG_DFL, signal.SIG_IGN, handler]:
        for when in ['before', 'after']:
            child = os.fork()
            if child == 0:
                handled, refused = 0, 0
                signal.signal(signal.SIGPIPE, action)
                if when == 'before':
                    writer = reads_not(kind)
                else:
                    # The only reader ends meanwhile, on its own.
                    reader, writer = os.pipe()
                    if os.fork() == 0:
                        os._exit(0)
                    os.close(reader)
                    os.wait()
                for n in range(100):
                    try:
                        os.write(writer, b'x')
                    except BrokenPipeError:
                        refused += 1
                print(kind, when, refused, 'refused,', handled, 'handled', flush=True)
                os._exit(0)
            print(kind, when, os.waitpid(child, 0)[1], flush=True)
END
        python3 p.py",
    ),
    odd(
        "a program that was removed, one in memory, one by its descriptor",
        &["python3"],
        "cp /bin/echo e; ./e before; (sleep 0.05; rm e) & ./e during; wait
        cat >p.py <<'END'
import os
fd = os.memfd_create('m', 0)
os.write(fd, open('/bin/echo', 'rb').read())
os.execve(fd, ['of memory', 'from memory'], {})
END
        python3 p.py",
    ),
    odd(
        "one that nobody may look into",
        &["python3"],
        "cat >p.py <<'END'
import ctypes, os
ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
child = os.fork()
if child == 0:
    os.execv('/bin/sh', ['sh', '-c', 'exit 3'])
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
END
        python3 p.py",
    ),
    odd(
        "another user",
        &["setpriv"],
        "chmod 755 .; setpriv --reuid 65534 --clear-groups sh -c 'id -u; sh -c \"kill -TERM \\$\\$\"; echo $?' 2>&1 || echo refused",
    ),
    odd(
        "strace inside",
        &["strace"],
        "strace -o log sh -c 'exit 3' >out 2>&1; echo over",
    ),
    odd(
        "a death that a parent's death brings",
        &["setpriv"],
        "sh -c 'setpriv --pdeathsig TERM sleep 60 & echo $! >p; until [ \"$(cat /proc/$!/comm)\" = sleep ]; do :; done; exit 0'
        p=$(cat p); while kill -0 $p 2>/dev/null && ! grep -qs ') Z' /proc/$p/stat; do :; done; echo gone",
    ),
    odd(
        "its own waits, by every call",
        &["python3"],
        "cat >p.py <<'END'
import os, select, signal
def child(code):
    pid = os.fork()
    if pid == 0: os._exit(code)
    return pid
for n in range(50):
    pid = child(n); print(os.waitpid(-1, 0)[1] >> 8 == n, end=' ')
    pid = child(n); print(os.waitid(os.P_ALL, 0, os.WEXITED).si_status == n, end=' ')
    pid = child(n); fd = os.pidfd_open(pid); select.select([fd], [], [])
    print(os.waitid(os.P_PIDFD, fd, os.WEXITED).si_status == n, end=' '); os.close(fd)
    pid = child(n); print(os.wait4(pid, 0)[1] >> 8 == n, end=' ')
    pid = child(n); os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT); print(os.waitpid(pid, os.WNOHANG)[0] == pid)
END
        python3 p.py",
    ),
    odd(
        "a signal that comes while it starts another",
        &["python3"],
        "cat >p.py <<'END'
import os, signal, subprocess
signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
print(sum(subprocess.run(['sh', '-c', 'exit 1']).returncode for _ in range(200)))
signal.setitimer(signal.ITIMER_REAL, 0)
END
        python3 p.py",
    ),
    odd(
        "a limit of processes",
        &["python3"],
        "cat >p.py <<'END'
import os, resource
resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))
import subprocess
for _ in range(20):
    print(subprocess.run(['true'], stdin=subprocess.DEVNULL).returncode, end=' ')
END
        python3 p.py",
    ),
    odd(
        "a segmentation fault, an abort, a trap",
        &["python3"],
        "ulimit -c 0; for s in 11 6 5 4 8 7; do (kill -$s $BASHPID); echo $?; done 2>/dev/null
        python3 -c 'import ctypes; ctypes.string_at(0)' 2>/dev/null; echo $?",
    ),
    odd(
        "breakpoints of its own",
        &["cc"],
        "cat >p.c <<'END'
#include <signal.h>
#include <stdio.h>
static volatile int traps;
static void trap(int signal) { traps++; }
int main(void) {
    signal(SIGTRAP, trap);
    for (int n = 0; n < 100; n++) raise(SIGTRAP);
    printf(\"%d\\n\", traps);
}
END
        cc -o p p.c && ./p",
    ),
    odd(
        "a race of exec and fork between threads",
        &["cc"],
        "cat >p.c <<'END'
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <stdio.h>
#include <unistd.h>
static void *forks(void *it) { for (;;) { int pid = fork(); if (!pid) _exit(0); if (pid > 0) waitpid(pid, 0, 0); } }
int main(void) {
    int sum = 0;
    for (int n = 0; n < 50; n++) {
        int status, pid = fork();
        if (!pid) {
            for (int m = 0; m < 3; m++) { pthread_t t; pthread_create(&t, 0, forks, 0); }
            usleep(n * 40); execl(\"/bin/sh\", \"sh\", \"-c\", \"exit 2\", (char *)0);
        }
        waitpid(pid, &status, 0); sum += WEXITSTATUS(status);
    }
    printf(\"%d\\n\", sum);
}
END
        cc -pthread -o p p.c && ./p",
    ),
    odd(
        "io_uring with workers",
        &["cc"],
        "cat >p.c <<'END'
#include <linux/io_uring.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
    struct io_uring_params p; memset(&p, 0, sizeof p);
    int fd = syscall(SYS_io_uring_setup, 4, &p);
    if (fd < 0) { puts(\"none here\"); return 0; }
    char *sq = mmap(0, p.sq_off.array + p.sq_entries * 4, 3, MAP_SHARED, fd, IORING_OFF_SQ_RING);
    struct io_uring_sqe *e = mmap(0, p.sq_entries * sizeof *e, 3, MAP_SHARED, fd, IORING_OFF_SQES);
    int pipe_[2]; pipe(pipe_);
    char byte;
    memset(e, 0, sizeof *e); e->opcode = IORING_OP_READ; e->flags = IOSQE_ASYNC; e->fd = pipe_[0]; e->addr = (unsigned long)&byte; e->len = 1;
    ((unsigned *)(sq + p.sq_off.array))[0] = 0; *(unsigned *)(sq + p.sq_off.tail) = 1;
    printf(\"%ld\\n\", syscall(SYS_io_uring_enter, fd, 1, 0, 0, 0, 0));
    int child = fork(); if (!child) { usleep(50000); write(pipe_[1], \"x\", 1); _exit(3); }
    printf(\"%ld\\n\", syscall(SYS_io_uring_enter, fd, 0, 1, IORING_ENTER_GETEVENTS, 0, 0));
    int status; waitpid(child, &status, 0); printf(\"%c %d\\n\", byte, WEXITSTATUS(status));
}
END
        cc -o p p.c 2>/dev/null && ./p; echo $?",
    ),
    odd("a process that stops itself for ever", &[], "sh -c 'kill -STOP $$; echo never' & sleep 0.2; kill -KILL $!; wait $!; echo $?"),
    odd(
        "who is stopped is killed by its group's end",
        &[],
        "(sh -c 'kill -STOP $$' & sh -c 'kill -STOP $$' & wait) & sleep 0.3; kill -CONT $! ; pkill -CONT -P $!; wait; echo $?",
    ),
];

pub fn tests() -> Vec<Trial> {
    let odd = ODD.iter().map(|odd| {
        let needs: Vec<_> = odd.needs.iter().map(|it| (*it).to_owned()).collect();
        let missing = missing_tools(&needs);
        harness::needing(odd.name, &missing, || as_without(odd))
    });
    odd.collect()
}

fn as_without(odd: &Odd) -> anyhow::Result<()> {
    let plain = run(odd.script, false).context("without the tracer")?;
    let traced = run(odd.script, true).context("with the tracer")?;
    let [without, with] = [&plain, &traced].map(|events| Said::in_events(events));
    ensure!(with == without, "without it {without:?}\nwith it {with:?}");
    each_ends(&traced)
}

fn each_ends(events: &[Event]) -> anyhow::Result<()> {
    let mut faults = told::endless(events);
    let count = faults.len();
    faults.truncate(20);
    ensure!(faults.is_empty(), "{count} faults:\n{}", faults.join("\n"));
    Ok(())
}

pub fn run(script: &str, traced: bool) -> anyhow::Result<Vec<Event>> {
    let folder = tempfile::tempdir()?;
    let start = Start::new("bash", folder.path()).time_limit(TIME_LIMIT);
    let start = start.argument("-c").argument(script);
    let supervisor = chapters().supervisor()?;
    let run = match traced {
        true => start.traced_by(chapters().binary("tracer")?, supervisor),
        false => start.supervised_by(supervisor),
    };
    run?.to_end()
}

/// What a run came to, for whoever does not trace it.
#[derive(Debug, PartialEq, Eq, Default)]
struct Said {
    stdout: String,
    stderr: String,
    ended: Option<Outcome>,
    timed_out: bool,
}

impl Said {
    fn in_events(events: &[Event]) -> Said {
        let mut said = Said::default();
        for event in events {
            match &event.kind {
                Kind::Stdout(bytes) => said.stdout += &String::from_utf8_lossy(&bytes.0),
                // bash names the pid of who was killed, and pads it.
                Kind::Stderr(bytes) => {
                    let text = String::from_utf8_lossy(&bytes.0);
                    let is_pid = |it: &char| it.is_ascii_digit() || *it == ' ';
                    said.stderr.extend(text.chars().filter(|it| !is_pid(it)));
                }
                Kind::Exited { outcome, .. } => said.ended = Some(*outcome),
                Kind::TimedOut { .. } => said.timed_out = true,
                _ => {}
            }
        }
        said
    }
}
