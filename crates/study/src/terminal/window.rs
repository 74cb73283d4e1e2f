//! What of a page a terminal has room for.

use rustix::stdio::stdout;
use rustix::termios::tcgetwinsize;
use std::ops::Range;
use textwrap::core::display_width;

/// So many lines from the focus on should be seen with what stands above it.
const CONTEXT: usize = 8;

/// A page, line by line.
#[derive(Default)]
pub(super) struct Page {
    /// What stands above, wherever the reader is in the page.
    pub(super) head: Vec<String>,
    pub(super) body: Vec<String>,
    /// The line of the body that is to be seen: the first error, the newest hint.
    pub(super) focus: usize,
    /// What stands below.
    pub(super) foot: Vec<String>,
}

/// How much a terminal shows.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) rows: usize,
    pub(super) columns: usize,
}

impl Size {
    /// `None` for one that does not say.
    pub(super) fn of_the_terminal() -> Option<Size> {
        let size = tcgetwinsize(stdout()).ok()?;
        let (rows, columns) = (size.ws_row.into(), size.ws_col.into());
        (rows > 0 && columns > 0).then_some(Size { rows, columns })
    }

    fn rows_of_line(self, line: &str) -> usize {
        display_width(line).div_ceil(self.columns).max(1)
    }

    fn rows_of(self, lines: &[String]) -> usize {
        lines.iter().map(|line| self.rows_of_line(line)).sum()
    }
}

/// The part of a page that is shown.
pub(super) struct Window {
    pub(super) lines: Vec<String>,
    /// Which lines of the body are among them.
    pub(super) shown: Range<usize>,
}

impl Page {
    /// What is shown of it: all, if there is room; else a part of the body, from the
    /// line `from` on, or where the focus is seen.
    pub(super) fn window(&self, size: Option<Size>, from: Option<usize>) -> Window {
        let all = self.body.len();
        let Some(size) = size else {
            return self.part(0..all, String::new());
        };
        let fixed = size.rows_of(&self.head) + 1 + size.rows_of(&self.foot);
        let room = size.rows.saturating_sub(fixed).max(1);
        // The rows that the first lines of the body take, for each number of lines.
        let mut rows = vec![0];
        for line in &self.body {
            rows.push(rows[rows.len() - 1] + size.rows_of_line(line));
        }
        let fits = |from: usize, until: usize| rows[until] - rows[from] <= room;
        if fits(0, all) {
            return self.part(0..all, String::new());
        }
        let with_context = (self.focus + CONTEXT).min(all);
        let wanted = from.unwrap_or(if fits(0, with_context) { 0 } else { self.focus });
        let last = (0..all).find(|&from| fits(from, all)).unwrap_or(all - 1);
        let from = wanted.min(last);
        let until = (from + 1..=all).rev().find(|&until| fits(from, until));
        let until = until.unwrap_or(from + 1);
        let between = format!("… {}-{until} of {all}: space, b for back", from + 1);
        self.part(from..until, between)
    }

    fn part(&self, shown: Range<usize>, between: String) -> Window {
        let mut lines = self.head.clone();
        lines.extend_from_slice(&self.body[shown.clone()]);
        lines.push(between);
        lines.extend_from_slice(&self.foot);
        Window { lines, shown }
    }
}

impl Window {
    /// What writes it over what stood there: nothing scrolls, and nothing is cleared
    /// as a whole, which some terminals would keep (ECMA-48: CUP, EL, ED).
    pub(super) fn frame(&self, size: Option<Size>) -> String {
        let line = |line: &String| {
            let width = display_width(line);
            let is_full = size.is_some_and(|size| width.is_multiple_of(size.columns));
            match is_full && width > 0 {
                // The cursor stands on the last character, which EL would erase.
                true => line.clone(),
                false => format!("{line}\x1b[K"),
            }
        };
        let lines: Vec<_> = self.lines.iter().map(line).collect();
        format!("\x1b[H{}\x1b[J", lines.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: usize, focus: usize) -> Page {
        Page {
            head: vec!["head".to_owned()],
            body: (0..body).map(|at| format!("line {at}")).collect(),
            focus,
            foot: vec!["foot".to_owned()],
        }
    }

    const SMALL: Size = Size {
        rows: 24,
        columns: 80,
    };

    #[test]
    fn what_fits_is_shown_whole() {
        let window = page(21, 20).window(Some(SMALL), None);
        assert_eq!(window.shown, 0..21);
        assert_eq!(window.lines.len(), SMALL.rows);
    }

    #[test]
    fn the_focus_is_in_sight_and_nothing_scrolls() {
        for (rows, focus, from) in [(24, 5, 0), (24, 20, 20), (24, 99, 79), (40, 20, 0)] {
            let size = Size { rows, columns: 80 };
            let window = page(100, focus).window(Some(size), None);
            assert_eq!(window.shown.start, from, "{rows} {focus}");
            assert!(window.shown.contains(&focus));
            assert_eq!(window.lines.len(), rows);
        }
    }

    #[test]
    fn a_line_that_is_too_wide_takes_two_rows() {
        let mut page = page(20, 0);
        page.body[0] = "x".repeat(160);
        assert_eq!(page.window(Some(SMALL), None).shown.end, 20);
        page.body[0] = format!("\x1b[1m{}\x1b[0m", "x".repeat(161));
        assert_eq!(page.window(Some(SMALL), None).shown.end, 19);
    }

    #[test]
    fn one_reads_on_to_the_end() {
        let window = page(50, 0).window(Some(SMALL), Some(40));
        assert_eq!(window.shown, 29..50);
        assert_eq!(window.lines[22], "… 30-50 of 50: space, b for back");
    }

    #[test]
    fn what_stood_beside_a_line_is_erased_unless_it_is_full() {
        let (full, fuller) = ("x".repeat(80), "x".repeat(160));
        for (line, is_full) in [
            ("", false),
            ("x", false),
            ("\x1b[2m\x1b[0m", false),
            (full.as_str(), true),
            (fuller.as_str(), true),
        ] {
            let window = Window {
                lines: vec![line.to_owned()],
                shown: 0..1,
            };
            let erases = window.frame(Some(SMALL)).contains("\x1b[K");
            assert_eq!(erases, !is_full, "{line:?}");
        }
    }
}
