//! Filters of system calls (`seccomp(2)`) that answer in the kernel's place, for
//! errors that cannot be had otherwise without harm to the machine.

use libc::{BPF_ABS, BPF_JEQ, BPF_JMP, BPF_JSET, BPF_K, BPF_LD, BPF_RET, BPF_W};
use libc::{SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO, c_long};
use tests::starting::Condition;

type Instruction = (u16, u8, u8, u32);

/// Where the number of the call, and its first argument, stand in `struct
/// seccomp_data`. Of the argument it is the lower half.
const NUMBER: u32 = 0;
const FIRST_ARGUMENT: u32 = 16;

fn load(offset: u32) -> Instruction {
    ((BPF_LD | BPF_W | BPF_ABS) as u16, 0, 0, offset)
}

fn jump(test: u32, value: u32, then: u8, otherwise: u8) -> Instruction {
    ((BPF_JMP | test | BPF_K) as u16, then, otherwise, value)
}

fn answer(with: u32) -> Instruction {
    ((BPF_RET | BPF_K) as u16, 0, 0, with)
}

fn errno(errno: i32) -> Instruction {
    answer(SECCOMP_RET_ERRNO | errno as u32)
}

/// A call gets an errno for its answer.
pub fn refused(call: c_long, with: i32) -> Condition {
    Condition::Filter(vec![
        load(NUMBER),
        jump(BPF_JEQ, call as u32, 0, 1),
        errno(with),
        answer(SECCOMP_RET_ALLOW),
    ])
}

/// No new process: each call that makes one gets an errno. Threads are allowed.
pub fn no_process(with: i32) -> Condition {
    let mut filter = vec![
        load(NUMBER),
        // What clone3 shall make stands in memory, which a filter cannot read.
        // Without it libc takes clone.
        jump(BPF_JEQ, libc::SYS_clone3 as u32, 0, 1),
        errno(libc::ENOSYS),
    ];
    #[cfg(target_arch = "x86_64")]
    for call in [libc::SYS_fork, libc::SYS_vfork] {
        filter.extend([jump(BPF_JEQ, call as u32, 0, 1), errno(with)]);
    }
    filter.extend([
        jump(BPF_JEQ, libc::SYS_clone as u32, 0, 3),
        load(FIRST_ARGUMENT),
        jump(BPF_JSET, libc::CLONE_THREAD as u32, 1, 0),
        errno(with),
        answer(SECCOMP_RET_ALLOW),
    ]);
    Condition::Filter(filter)
}
