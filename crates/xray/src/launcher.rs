//! What launches a Python listing is no part of what it shows: the chapter's own
//! program, which runs `python3`, and what that is on this machine before it is
//! an interpreter. Where pyenv is installed, `python3` is a shell script that
//! starts a dozen processes.

use crate::words::file_name;
use recording::traced::{Did, Pid, ProcessEvent};
use recording::{Event, Kind};

/// Takes a traced run's events one by one, and says which belong to its launch.
#[derive(Default)]
pub(crate) struct Launcher {
    state: State,
}

#[derive(Default)]
enum State {
    /// The program has not been told yet.
    #[default]
    Unknown,
    /// The root is not yet the interpreter of this script.
    Launching {
        root: Pid,
        script: String,
    },
    Launched,
}

impl Launcher {
    fn is_launching(&self) -> bool {
        matches!(self.state, State::Launching { .. })
    }

    /// Whether the event happened before the listing itself ran.
    pub(crate) fn hides(&mut self, kind: &Kind) -> bool {
        match kind {
            Kind::Process(event) => self.hides_process(event),
            Kind::Seen(_) => self.is_launching(),
            _ => false,
        }
    }

    fn hides_process(&mut self, ProcessEvent { pid, did, .. }: &ProcessEvent) -> bool {
        let Did::Executed { argv, .. } = did else {
            return self.is_launching();
        };
        match &self.state {
            State::Unknown => {
                self.state = match script(argv) {
                    Some(script) => State::Launching { root: *pid, script },
                    None => State::Launched,
                };
            }
            State::Launching { root, script } if root == pid && interprets(argv, script) => {
                self.state = State::Launched;
            }
            State::Launching { .. } | State::Launched => {}
        }
        self.is_launching()
    }
}

/// Leaves out of a traced run what launched its Python listing, and where on this
/// machine interpreter and script lie.
pub fn without_launch(events: &mut Vec<Event>) {
    let mut launcher = Launcher::default();
    events.retain_mut(|event| {
        let before = launcher.is_launching();
        let is_hidden = launcher.hides(&event.kind);
        if before
            && !launcher.is_launching()
            && let Kind::Process(ProcessEvent { did, .. }) = &mut event.kind
            && let Did::Executed { argv, .. } = did
        {
            argv.iter_mut()
                .take(2)
                .for_each(|it| *it = file_name(it).to_owned());
        }
        !is_hidden
    });
}

/// The Python listing that a chapter's program is asked for. A run without its
/// launch begins with the interpreter.
fn script(argv: &[String]) -> Option<String> {
    match argv {
        [_, name] if name.ends_with(".py") && !interprets(argv, name) => Some(name.clone()),
        _ => None,
    }
}

fn interprets(argv: &[String], script: &str) -> bool {
    match argv {
        [python, file, ..] => file_name(python).starts_with("python") && file_name(file) == script,
        _ => false,
    }
}
