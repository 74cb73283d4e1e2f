//! Children with an exact way to end, for `how_it_ended`.

/// 259 is 256 + 3.
pub(crate) fn exit_259() -> anyhow::Result<()> {
    std::process::exit(259)
}

pub(crate) fn panic() -> anyhow::Result<()> {
    panic!("on purpose")
}

/// The thread ends, and the program goes on.
pub(crate) fn panic_in_a_thread() -> anyhow::Result<()> {
    let thread = std::thread::spawn(|| panic!("on purpose"));
    let _ = thread.join();
    Ok(())
}

pub(crate) fn abort() -> anyhow::Result<()> {
    std::process::abort()
}
