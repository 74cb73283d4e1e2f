//! What is known of a thread's innermost frame.

use crate::arch::Registers;
use crate::look::{At, text};
use recording::traced::Pid;

/// The registers that a thread's stack is unwound from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Innermost {
    /// The instruction that comes next.
    pub pc: u64,
    /// The top of the stack.
    pub sp: u64,
    /// The frame pointer; none if it could not be had.
    pub fp: Option<u64>,
    /// Where the function returns to, on processors that keep it in a register, if
    /// it could be had.
    pub lr: Option<u64>,
}

impl Innermost {
    /// Of a thread that sleeps in a system call, by `/proc/TID/syscall`
    /// (`proc_pid_syscall(5)`). None if it runs.
    pub fn of_sleeping(tid: Pid) -> Option<Innermost> {
        let line = text(&format!("/proc/{tid}/syscall"))?;
        at(&line).map(Innermost::from)
    }
}

/// The last two words of `/proc/TID/syscall`.
fn at(line: &str) -> Option<At> {
    let mut words = line.split_ascii_whitespace().rev();
    let mut last = || u64::from_str_radix(words.next()?.strip_prefix("0x")?, 16).ok();
    let pc = last()?;
    Some(At { sp: last()?, pc })
}

/// Of a thread that its tracer has stopped.
impl From<Registers> for Innermost {
    fn from(Registers { pc, sp, fp, lr }: Registers) -> Self {
        Innermost {
            pc,
            sp,
            fp: Some(fp),
            lr,
        }
    }
}

/// Of a thread that sleeps: its other registers are not shown.
impl From<At> for Innermost {
    fn from(At { sp, pc }: At) -> Self {
        Innermost {
            pc,
            sp,
            fp: None,
            lr: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleeper_shows_where_it_is() {
        let line = "0 0x3 0x7ffd0 0x20 0x0 0x0 0x0 0x7ffc1b8 0x7f27a9\n";
        let (sp, pc) = (0x7ff_c1b8, 0x7f_27a9);
        assert_eq!(at(line), Some(At { sp, pc }));
        assert_eq!(at("running\n"), None);
    }
}
