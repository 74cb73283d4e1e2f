//! Children with an exact way to end, for `how_it_ended`.

/// 259 is 256 + 3.
pub(crate) fn exit_259() -> anyhow::Result<()> {
    std::process::exit(259)
}

pub(crate) fn panic() -> anyhow::Result<()> {
    panic!("on purpose")
}

pub(crate) fn abort() -> anyhow::Result<()> {
    std::process::abort()
}
