//! The filter, in the words of the kernel's small machine
//! (`Documentation/networking/filter.rst` in Linux).

use crate::arch;

/// Calls that are told. Those of `alarm(2)` and its like may wake a process that
/// seems to be stuck; a wait tells when a zombie is about to be reaped.
const CALLS: &[&str] = &[
    "close",
    "close_range",
    "dup2",
    "dup3",
    "kill",
    "tgkill",
    "tkill",
    "pidfd_send_signal",
    "wait4",
    "waitid",
    "alarm",
    "setitimer",
    "timer_settime",
];

/// Calls that are told if their arguments, counted from 0, are so: what is to be done
/// when a child has ended, and who is to have orphans.
const CALLS_IF: &[(&str, &[Condition])] = &[
    (
        "rt_sigaction",
        &[
            Condition::Is(0, libc::SIGCHLD.cast_unsigned()),
            Condition::IsNotZero(1),
        ],
    ),
    (
        "prctl",
        &[Condition::Is(
            0,
            libc::PR_SET_CHILD_SUBREAPER.cast_unsigned(),
        )],
    ),
];

/// What an argument has to be.
enum Condition {
    /// This int.
    Is(u32, u32),
    /// A pointer that leads somewhere.
    IsNotZero(u32),
}

/// Whether a call is told, and is by itself never interrupted by a signal: one that
/// waits to be told is, and has to begin anew.
pub(crate) fn is_never_interrupted(number: i64) -> bool {
    let is_told = |name: &&str| CALLS.contains(name) || CALLS_IF.iter().any(|it| it.0 == *name);
    let told = arch::name(number).filter(is_told);
    told.is_some_and(|name| !name.starts_with("wait"))
}

const LOAD_WORD: u16 = (libc::BPF_LD | libc::BPF_W | libc::BPF_ABS) as u16;
const JUMP_IF_EQUAL: u16 = (libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K) as u16;
const RETURN: u16 = (libc::BPF_RET | libc::BPF_K) as u16;

/// Where `struct seccomp_data` has the call's number and the processor.
const NUMBER_AT: u32 = 0;
const PROCESSOR_AT: u32 = 4;

/// One takes so much (`struct sock_filter`).
pub(crate) const INSTRUCTION_BYTES: usize = 8;

/// Where it has an argument, of 64 bits; its lower half lies first.
const fn argument_at(number: u32) -> u32 {
    16 + 8 * number
}

/// An instruction (`struct sock_filter`).
type Instruction = (u16, u8, u8, u32);

/// The instructions, as they lie in memory.
pub(crate) fn instructions() -> Vec<u8> {
    let mut all: Vec<Instruction> = vec![
        (LOAD_WORD, 0, 0, PROCESSOR_AT),
        // Another processor's calls, as of 32 bits, have other numbers.
        (JUMP_IF_EQUAL, 1, 0, arch::AUDIT_ARCH),
        (RETURN, 0, 0, libc::SECCOMP_RET_ALLOW),
        (LOAD_WORD, 0, 0, NUMBER_AT),
    ];
    let without = CALLS.iter().map(|name| (*name, &[] as &[Condition]));
    for (name, conditions) in without.chain(CALLS_IF.iter().copied()) {
        let number = arch::number(name).and_then(|it| u32::try_from(it).ok());
        let Some(number) = number else {
            continue;
        };
        let told = told_if(conditions);
        all.push((JUMP_IF_EQUAL, 0, told.len() as u8, number));
        all.extend(told);
    }
    all.push((RETURN, 0, 0, libc::SECCOMP_RET_ALLOW));
    let mut bytes = Vec::new();
    for (code, if_true, if_false, value) in all {
        bytes.extend(code.to_ne_bytes());
        bytes.extend([if_true, if_false]);
        bytes.extend(value.to_ne_bytes());
    }
    bytes
}

/// For a call of which it is clear which one it is.
fn told_if(conditions: &[Condition]) -> Vec<Instruction> {
    let mut all = Vec::new();
    for condition in conditions {
        let allow = (RETURN, 0, 0, libc::SECCOMP_RET_ALLOW);
        match *condition {
            Condition::Is(argument, value) => all.extend([
                (LOAD_WORD, 0, 0, argument_at(argument)),
                (JUMP_IF_EQUAL, 1, 0, value),
                allow,
            ]),
            Condition::IsNotZero(argument) => all.extend([
                (LOAD_WORD, 0, 0, argument_at(argument)),
                (JUMP_IF_EQUAL, 0, 3, 0),
                (LOAD_WORD, 0, 0, argument_at(argument) + 4),
                (JUMP_IF_EQUAL, 0, 1, 0),
                allow,
            ]),
        }
    }
    all.push((RETURN, 0, 0, libc::SECCOMP_RET_USER_NOTIF));
    all
}
