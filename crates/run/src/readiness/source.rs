//! What the owner of a run reads from.

/// A descriptor, by what comes from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Stdout,
    Stderr,
    Supervisor,
    Tracer,
}

impl Source {
    /// In the order of their numbers.
    #[cfg(target_os = "linux")]
    pub(super) const ALL: [Source; 4] = [
        Source::Stdout,
        Source::Stderr,
        Source::Supervisor,
        Source::Tracer,
    ];
}
