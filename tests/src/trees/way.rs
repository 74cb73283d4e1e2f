//! The ways in which a process waits for a child's end.

/// By which call a child is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Wait4,
    Waitid,
    /// Its end is seen first, and collected after (`WNOWAIT`).
    SeenFirst,
    /// By a pidfd, if it is one child.
    Pidfd,
    /// It is asked again and again (`WNOHANG`).
    Asked,
}

impl Way {
    pub const ALL: [Way; 5] = [
        Way::Wait4,
        Way::Waitid,
        Way::SeenFirst,
        Way::Pidfd,
        Way::Asked,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Way::Wait4 => "wait4",
            Way::Waitid => "waitid",
            Way::SeenFirst => "seen_first",
            Way::Pidfd => "pidfd",
            Way::Asked => "asked",
        }
    }

    pub fn named(name: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|it| it.name() == name)
    }
}
