//! What the owner of a run reads from.

/// A descriptor, by what comes from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Stdout,
    Stderr,
    Supervisor,
}

impl Source {
    /// In the order in which `Readiness::new` takes the descriptors.
    pub(super) const ALL: [Source; 3] = [Source::Stdout, Source::Stderr, Source::Supervisor];
}
