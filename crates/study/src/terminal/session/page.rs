//! What somebody who studies sees.

use super::state::{CheckState, SessionState, View};
use crate::terminal::list;
use crate::terminal::screen::{self, Style};
use recording::catalogue::HINTS;
use std::fs;

const KEYS: &str = "h hint  s solution  c check again  r reset  n next  p previous  l list  q quit";

/// The whole screen: the page, a note, the keys.
pub(super) fn screen(state: &SessionState, style: Style) -> String {
    let text = match state.view {
        View::List => list::list(&state.study, &state.progress, Some(state.at)),
        _ => page(state, style),
    };
    let note = state.note.iter().map(|note| format!("\n{note}\n"));
    let note: String = note.collect();
    let keys = style.faint(&screen::wrapped(KEYS, style));
    format!("{text}\n{note}\n{keys}\n")
}

fn page(state: &SessionState, style: Style) -> String {
    let exercise = state.exercise();
    let (at, all) = (state.at + 1, state.study.exercises.len());
    let minutes = exercise.settings.minutes;
    let place = format!("{} · {at} of {all} · {minutes} minutes", exercise.name);
    let mut text = screen::exercise(exercise, &place, style);
    text.push_str("\nEdit this file: each save is checked.\n\n");
    text.push_str(&match &state.check {
        CheckState::Running(since) => match since.elapsed().as_secs() {
            0 => "checking …".to_owned(),
            seconds => format!("checking … {seconds} s"),
        },
        CheckState::Failed(why) => format!("It could not be checked: {why}"),
        CheckState::Done(verdict) => screen::verdict(verdict, style),
    });
    text.push('\n');
    let shown = match state.has_passed_now() {
        true => 0,
        false => state.progress.hints(&exercise.name),
    };
    text.push_str(&screen::hints(exercise, shown, style));
    text.push_str(&answer(state));
    text
}

/// What the last key asked for.
fn answer(state: &SessionState) -> String {
    let name = &state.exercise().name;
    match state.view {
        View::Reset => format!(
            "\nPress r again to give {} back as it was. What you wrote in it is lost then, and that \
             you passed it is forgotten.\n",
            name.file().display()
        ),
        View::Solution => solution(state),
        _ if state.has_passed_now() => format!(
            "\nOur solution: {} (s shows it). n goes on.\n",
            name.solution().display()
        ),
        _ => String::new(),
    }
}

fn solution(state: &SessionState) -> String {
    let name = &state.exercise().name;
    let may_see = state.progress.has_passed(name) || state.progress.hints(name) >= HINTS.len();
    if !may_see {
        return "\nThe solution can be seen once the check has passed, or after the third \
                hint (h).\n"
            .to_owned();
    }
    let path = name.solution();
    match fs::read_to_string(state.study.root.join(&path)) {
        Ok(text) => format!("\n{}:\n\n{text}", path.display()),
        Err(error) => format!("\n{}: {error}\n", path.display()),
    }
}
