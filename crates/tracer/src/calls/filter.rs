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

/// Whether a call is told, and is by itself never interrupted by a signal: one that
/// waits to be told is, and has to begin anew.
pub(crate) fn is_never_interrupted(number: i64) -> bool {
    let told = arch::name(number).filter(|name| CALLS.contains(name));
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

/// The instructions, as they lie in memory.
pub(crate) fn instructions() -> Vec<u8> {
    let numbers: Vec<u32> = CALLS
        .iter()
        .filter_map(|name| u32::try_from(arch::number(name)?).ok())
        .collect();
    let mut all = Vec::new();
    let mut add = |code: u16, if_true: u8, if_false: u8, value: u32| {
        all.extend(code.to_ne_bytes());
        all.extend([if_true, if_false]);
        all.extend(value.to_ne_bytes());
    };
    let count = numbers.len() as u8;
    add(LOAD_WORD, 0, 0, PROCESSOR_AT);
    // Another processor's calls, as of 32 bits, have other numbers.
    add(JUMP_IF_EQUAL, 0, count + 1, arch::AUDIT_ARCH);
    add(LOAD_WORD, 0, 0, NUMBER_AT);
    for (at, number) in numbers.iter().enumerate() {
        add(JUMP_IF_EQUAL, count - at as u8, 0, *number);
    }
    add(RETURN, 0, 0, libc::SECCOMP_RET_ALLOW);
    add(RETURN, 0, 0, libc::SECCOMP_RET_USER_NOTIF);
    all
}
