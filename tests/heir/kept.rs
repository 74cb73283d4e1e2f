//! What the kernel allows a process: limits, its turn at the processors, and the
//! account of its time.
#![expect(unsafe_code, reason = "limits and schedulers have no safe form")]

use crate::attribute::Attribute;
use crate::calls::{checked, checked_long, in_a_double, prctl, unsupported};
use std::io;
use std::mem::MaybeUninit;
use std::{fs, mem};

pub const ATTRIBUTES: [Attribute; 10] = [
    Attribute {
        name: "resource limits",
        arrange: || limit_files(77),
        show: files_limit,
        change: Some(|| limit_files(78)),
    },
    Attribute {
        name: "nice value",
        arrange: || nice(15),
        // SAFETY: it takes no address.
        show: || Ok(unsafe { libc::getpriority(libc::PRIO_PROCESS, 0) }.to_string()),
        change: Some(|| nice(17)),
    },
    Attribute {
        name: "scheduling policy",
        arrange: || schedule(libc::SCHED_BATCH),
        show: policy,
        change: Some(|| schedule(libc::SCHED_IDLE)),
    },
    Attribute {
        name: "SCHED_RESET_ON_FORK",
        arrange: || schedule(libc::SCHED_BATCH | libc::SCHED_RESET_ON_FORK),
        show: policy,
        change: None,
    },
    Attribute {
        name: "CPU affinity",
        arrange: || stay_on(|cpus| cpus.last()),
        show: || allowed().map(|cpus| format!("{cpus:?}")),
        change: None,
    },
    Attribute {
        name: "oom_score_adj",
        arrange: || fs::write("/proc/self/oom_score_adj", "700"),
        show: || fs::read_to_string("/proc/self/oom_score_adj").map(|it| it.trim().to_owned()),
        change: Some(|| fs::write("/proc/self/oom_score_adj", "800")),
    },
    Attribute {
        name: "I/O priority",
        arrange: || io_priority(2 << 13 | 7),
        // SAFETY: it takes no address.
        show: || {
            Ok(checked_long(unsafe { libc::syscall(libc::SYS_ioprio_get, 1, 0) })?.to_string())
        },
        change: Some(|| io_priority(3 << 13)),
    },
    Attribute {
        name: "timer slack",
        arrange: || prctl(libc::PR_SET_TIMERSLACK, 123_456).map(drop),
        show: || Ok(prctl(libc::PR_GET_TIMERSLACK, 0)?.to_string()),
        change: Some(|| prctl(libc::PR_SET_TIMERSLACK, 654_321).map(drop)),
    },
    Attribute {
        name: "CPU time used",
        arrange: compute,
        show: || Ok(has_computed(libc::RUSAGE_SELF)),
        change: None,
    },
    Attribute {
        name: "CPU time of children",
        arrange: || in_a_double(|| compute().map(|()| String::new())).map(drop),
        show: || Ok(has_computed(libc::RUSAGE_CHILDREN)),
        change: None,
    },
];

fn limit_files(soft: u64) -> io::Result<()> {
    let mut limit = files_rlimit()?;
    limit.rlim_cur = soft;
    // SAFETY: it reads the limit, which lives.
    checked(unsafe { libc::setrlimit(libc::RLIMIT_NOFILE, &limit) })?;
    Ok(())
}

fn files_limit() -> io::Result<String> {
    Ok(files_rlimit()?.rlim_cur.to_string())
}

fn files_rlimit() -> io::Result<libc::rlimit> {
    let mut limit = MaybeUninit::uninit();
    // SAFETY: it fills the limit, which lives.
    unsafe {
        checked(libc::getrlimit(libc::RLIMIT_NOFILE, limit.as_mut_ptr()))?;
        Ok(limit.assume_init())
    }
}

fn nice(value: i32) -> io::Result<()> {
    // SAFETY: it takes no address.
    checked(unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, value) })?;
    Ok(())
}

fn schedule(policy: i32) -> io::Result<()> {
    // SAFETY: a priority of zero is what these policies ask for, and it lives.
    unsafe {
        let priority: libc::sched_param = mem::zeroed();
        checked(libc::sched_setscheduler(0, policy, &priority))?;
    }
    Ok(())
}

fn policy() -> io::Result<String> {
    // SAFETY: it takes no address.
    Ok(checked(unsafe { libc::sched_getscheduler(0) })?.to_string())
}

fn allowed() -> io::Result<Vec<usize>> {
    // SAFETY: zeros are a set, which the call fills; each number is within it.
    unsafe {
        let mut set: libc::cpu_set_t = mem::zeroed();
        checked(libc::sched_getaffinity(0, size_of_val(&set), &mut set))?;
        let all = 0..libc::CPU_SETSIZE as usize;
        Ok(all.filter(|cpu| libc::CPU_ISSET(*cpu, &set)).collect())
    }
}

fn stay_on(choose: fn(&[usize]) -> Option<&usize>) -> io::Result<()> {
    let cpus = allowed()?;
    let chosen = choose(&cpus).filter(|_| cpus.len() > 1);
    let chosen = *chosen.ok_or_else(|| unsupported("second processor"))?;
    // SAFETY: zeros are a set, and the number is within it.
    unsafe {
        let mut set: libc::cpu_set_t = mem::zeroed();
        libc::CPU_SET(chosen, &mut set);
        checked(libc::sched_setaffinity(0, size_of_val(&set), &set))?;
    }
    Ok(())
}

fn io_priority(value: i32) -> io::Result<()> {
    // SAFETY: it takes no address.
    checked_long(unsafe { libc::syscall(libc::SYS_ioprio_set, 1, 0, value) })?;
    Ok(())
}

/// Until a fifth of a second of processor time is spent, however long it takes.
fn compute() -> io::Result<()> {
    while spent(libc::RUSAGE_SELF) < 0.2 {}
    Ok(())
}

fn has_computed(who: i32) -> String {
    format!("a tenth of a second and more: {}", spent(who) > 0.1)
}

fn spent(who: i32) -> f64 {
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: it fills the value, which lives; zeros are one, too.
    let usage = unsafe {
        libc::getrusage(who, usage.as_mut_ptr());
        usage.assume_init()
    };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    seconds(usage.ru_utime) + seconds(usage.ru_stime)
}
