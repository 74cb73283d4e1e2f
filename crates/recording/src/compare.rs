//! Whether a run came out as recorded.

use crate::catalogue::Settings;
use crate::event::{Event, Kind};
use crate::file::{Recording, outcome, stderr, stdout};
use crate::mask::{Mask, Masked};
use similar::TextDiff;
use std::collections::{BTreeMap, BTreeSet};

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Both streams and the exit status are the recording's, after masking.
    AsRecorded,
    /// They are not; each line says what differs.
    Differs(Vec<String>),
    /// Recorded on another platform, and not marked portable.
    NotCompared,
}

/// Compares a run with its listing's recording.
pub fn verdict(recording: &Recording, run: &[Event], settings: &Settings) -> Verdict {
    if !recording.platform.is_here() && !settings.portable {
        return Verdict::NotCompared;
    }
    let differences = differences(&recording.events, run, settings);
    if differences.is_empty() {
        Verdict::AsRecorded
    } else {
        Verdict::Differs(differences)
    }
}

/// What differs between two runs after masking: nothing, if they are the same.
pub fn differences(expected: &[Event], run: &[Event], settings: &Settings) -> Vec<String> {
    let mut differences = Vec::new();
    let streams = [
        ("stdout", stdout(expected), stdout(run)),
        ("stderr", stderr(expected), stderr(run)),
    ];
    for (name, expected, found) in streams {
        let expected = Masked::new(&expected, &settings.masks).text;
        let found = Masked::new(&found, &settings.masks).text;
        if expected != found {
            let diff = TextDiff::from_lines(&expected, &found);
            let diff = diff
                .unified_diff()
                .header("recorded", "this run")
                .to_string();
            differences.push(format!("{name} differs:\n{diff}"));
        }
    }
    let (expected, found) = (outcome(expected), outcome(run));
    if expected != found {
        let say = |outcome: Option<_>| outcome.map_or("no end".to_owned(), |o| format!("{o}"));
        differences.push(format!(
            "the run ended with {}, the recording with {}",
            say(found),
            say(expected)
        ));
    }
    differences.extend(run.iter().filter_map(|event| match &event.kind {
        Kind::LeftBehind { pid, name } => Some(format!("it left {name} (pid {pid}) behind")),
        Kind::TimedOut { seconds } => Some(format!("it was ended after {seconds} s")),
        Kind::Exceeded { most, what } => Some(format!("it took more than {most} {what}")),
        Kind::Started { .. }
        | Kind::Stdout(_)
        | Kind::Stderr(_)
        | Kind::Exited { .. }
        | Kind::Process(_)
        | Kind::Seen(_)
        | Kind::Untraced { .. }
        | Kind::Unknown => None,
    }));
    differences
}

/// What each mask of a listing hid in a run's output.
pub fn hidden(run: &[Event], settings: &Settings) -> BTreeMap<Mask, BTreeSet<String>> {
    let mut both = stdout(run);
    both.push(b'\n');
    both.extend(stderr(run));
    Masked::new(&both, &settings.masks).found
}

/// The masks that a listing names and that hide nothing in a run's output.
pub fn idle_masks(run: &[Event], settings: &Settings) -> Vec<Mask> {
    let hidden = hidden(run, settings).into_iter();
    hidden
        .filter(|(_, texts)| texts.is_empty())
        .map(|(mask, _)| mask)
        .collect()
}

/// The masks that hid the same in each of these runs: what they hide does not
/// vary, and would better be compared. Public for the stress test.
pub fn needless_masks(runs: &[Vec<Event>], settings: &Settings) -> Vec<Mask> {
    let mut hidden_by: BTreeMap<Mask, BTreeSet<BTreeSet<String>>> = BTreeMap::new();
    for run in runs {
        for (mask, texts) in hidden(run, settings) {
            hidden_by.entry(mask).or_default().insert(texts);
        }
    }
    let needless = |(mask, found): (Mask, BTreeSet<_>)| {
        (mask.differs_between_runs() && found.len() < 2).then_some(mask)
    };
    hidden_by.into_iter().filter_map(needless).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Bytes;
    use crate::outcome::Outcome;

    fn run(stdout: &[&str], code: i32) -> Vec<Event> {
        let at = |kind| Event { t: 0.0, kind };
        let piece = |text: &&str| at(Kind::Stdout(Bytes(text.as_bytes().to_vec())));
        let mut events: Vec<_> = stdout.iter().map(piece).collect();
        events.push(at(Kind::Exited {
            outcome: Outcome::Code(code),
            seconds: 0.1,
        }));
        events
    }

    fn masking(mask: Mask) -> Settings {
        Settings {
            masks: vec![mask],
            ..Settings::default()
        }
    }

    #[test]
    fn where_the_pieces_are_cut_does_not_matter() {
        let (one, two) = (run(&["ab\nc\n"], 0), run(&["a", "b\nc", "\n"], 0));
        assert_eq!(differences(&one, &two, &Settings::default()), [""; 0]);
    }

    #[test]
    fn a_changed_digit_outside_of_a_mask_is_caught() {
        let settings = masking(Mask::Pid);
        let recorded = run(&["pid 71 wrote 65536 bytes\n"], 0);
        let same = run(&["pid 99 wrote 65536 bytes\n"], 0);
        assert_eq!(differences(&recorded, &same, &settings), [""; 0]);
        let other = run(&["pid 71 wrote 65537 bytes\n"], 0);
        assert_eq!(differences(&recorded, &other, &settings).len(), 1);
    }

    #[test]
    fn a_mask_must_hide_something_else_in_another_run() {
        let settings = masking(Mask::Count);
        let first = run(&["about 3 of about 8\n"], 0);
        let other = run(&["about 4 of about 8\n"], 0);
        let same = [first.clone(), first.clone()];
        assert_eq!(needless_masks(&same, &settings), [Mask::Count]);
        assert_eq!(needless_masks(&[first, other], &settings), []);
    }

    #[test]
    fn another_exit_status_is_caught() {
        let differences = differences(&run(&[], 0), &run(&[], 3), &Settings::default());
        let expected = "the run ended with exit status 3, the recording with exit status 0";
        assert_eq!(differences, [expected]);
    }

    #[test]
    fn a_process_left_behind_is_a_difference() {
        let mut left = run(&[], 0);
        left.push(Event {
            t: 0.2,
            kind: Kind::LeftBehind {
                pid: 9,
                name: "sleep".to_owned(),
            },
        });
        assert_eq!(
            differences(&run(&[], 0), &left, &Settings::default()).len(),
            1
        );
    }
}
