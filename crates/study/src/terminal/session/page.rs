//! What somebody who studies sees.

use super::state::{CheckState, SessionState, View};
use crate::exercise_check::FAILED;
use crate::terminal::list;
use crate::terminal::screen::{self, Style};
use crate::terminal::window::Page;
use recording::catalogue::HINTS;
use std::fs;

const KEYS: &str = "h hint  s solution  c check again  r reset  n next  p previous  l list  q quit";

/// The page, with a note and the keys below it.
pub(super) fn page(state: &SessionState, style: Style) -> Page {
    let mut page = match state.view {
        View::List => exercises(state),
        _ => exercise(state, style),
    };
    let keys = style.faint(&screen::wrapped(KEYS, style));
    for text in state.note.iter().chain([&keys]) {
        page.foot.extend(lines(text));
    }
    page
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(screen::without_tabs)
}

fn exercises(state: &SessionState) -> Page {
    let list = list::list(&state.study, &state.progress, Some(state.at));
    let body: Vec<_> = lines(&list).collect();
    let focus = body.iter().position(|line| line.starts_with('>'));
    Page {
        focus: focus.unwrap_or_default(),
        body,
        ..Page::default()
    }
}

/// The hints stand above the verdict, so that the newest one and the first error are
/// seen together.
fn exercise(state: &SessionState, style: Style) -> Page {
    let exercise = state.exercise();
    let (at, all) = (state.at + 1, state.study.exercises.len());
    let minutes = exercise.settings.minutes;
    let place = format!("{} · {at} of {all} · {minutes} minutes", exercise.name);
    let mut head = vec![style.faint(&place)];
    head.extend(lines(&editing(state, style)));
    let mut body: Vec<_> = lines(&screen::task(exercise, style)).collect();
    let shown = match state.has_passed_now() {
        true => 0,
        false => state.progress.hints(&exercise.name),
    };
    let hints = screen::hints(exercise, shown, style);
    body.extend(lines(&hints));
    let newest = body.iter().rposition(|line| line.starts_with("Hint "));
    body.push(String::new());
    let verdict = verdict(state, style);
    let fails = verdict.lines().position(|line| line.contains(FAILED));
    let failed = body.len() + fails.unwrap_or_default();
    body.extend(lines(&verdict));
    let answer = answer(state);
    let focus = match (state.view, newest) {
        (View::Reset | View::Solution, _) => body.len(),
        (View::Hint, Some(newest)) => newest,
        _ => failed,
    };
    body.extend(lines(&answer));
    Page {
        head,
        body,
        focus,
        foot: Vec::new(),
    }
}

/// The file to be edited, and when it is checked.
fn editing(state: &SessionState, style: Style) -> String {
    let file = state.exercise().name.file();
    let file = style.bold(&file.display().to_string());
    match &state.unwatched {
        None => format!("{file}: edit it. Each save is checked."),
        Some(why) => {
            let text = format!("{file}: edit it, and press c. Saves are not seen: {why}.");
            screen::wrapped(&text, style)
        }
    }
}

fn verdict(state: &SessionState, style: Style) -> String {
    match &state.check {
        CheckState::Running(since) => match since.elapsed().as_secs() {
            0 => "checking …".to_owned(),
            seconds => format!("checking … {seconds} s"),
        },
        CheckState::Failed(why) => format!("It could not be checked: {why}"),
        CheckState::Done(verdict) => screen::verdict(verdict, style),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_no_tab_whoever_has_written_its_text() {
        assert_eq!(lines("a\tb\n").collect::<Vec<_>>(), ["a       b"]);
    }
}
