//! Those of a thread's registers that an unwinder needs.

/// Where a thread is, and where its stack is: what an unwinder begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registers {
    /// The instruction that comes next.
    pub pc: u64,
    /// The top of the stack.
    pub sp: u64,
    /// The frame pointer, if the program keeps one.
    pub fp: u64,
    /// Where the function returns to, on processors that keep it in a register.
    pub lr: Option<u64>,
}
