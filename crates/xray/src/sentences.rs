//! The words of a row.

use crate::what::{Ended, LetGo, Quiet, What};
use crate::words::{command, cut, duration, limit, list, number, signal, times};
use recording::Outcome;
use recording::traced::SignalAction;

impl What {
    pub fn text(&self) -> String {
        match self {
            What::Started { who } => format!("{who} starts"),
            What::Spawned {
                by,
                argv,
                name,
                count,
            } => match (argv.as_slice(), count) {
                ([], 0 | 1) => format!("{by} starts a child"),
                ([], count) => format!("{by} starts {} children", number(*count as u64)),
                (argv, 0 | 1) => format!("{by} starts {}", command(argv)),
                (_, count) => format!("{by} starts {}", times(*count, name)),
            },
            What::Executed { who, argv } => format!("{who} becomes {}", command(argv)),
            What::Closed { who, gone } => closed(who, gone),
            What::Sent { .. } => self.sent(),
            What::Signal {
                who,
                signal,
                from,
                ended,
                action,
                times,
            } => {
                let text = arrived(who, *signal, from.as_deref(), *action, *times);
                match ended {
                    Some(parent) => format!("{text}, since its parent {parent} has ended"),
                    None => text,
                }
            }
            What::Stopped { who, signal: it } => format!("{who} is stopped by {}", signal(*it)),
            What::Continued { who } => format!("{who} goes on"),
            What::Ended(ended) => ended.text(),
            What::Reaped {
                by,
                who,
                zombie,
                count: 0 | 1,
            } => format!("{by} collects {who}, a zombie for {}", duration(*zombie)),
            What::Reaped { by, who, count, .. } => format!("{by} collects {}", times(*count, who)),
            What::Orphaned { who } => format!("{who} goes on without its parent"),
            What::Output { stream, bytes, .. } => {
                let text = String::from_utf8_lossy(bytes);
                let line = text.trim().lines().next().unwrap_or_default();
                format!("On {stream}: {}", cut(line, 60))
            }
            What::Quiet(quiet) => quiet.text(),
            What::Over(text) => text.clone(),
            What::LeftOut { rows, then } => {
                let rows = match rows {
                    1 => "1 more row is".to_owned(),
                    rows => format!("{} more rows are", number(*rows as u64)),
                };
                let then = then.as_ref().map_or(String::new(), |it| format!("; {it}"));
                format!("{rows} not shown{then}")
            }
        }
    }

    fn sent(&self) -> String {
        let What::Sent {
            by,
            signal: sent,
            to,
            group,
            is_late,
            answers,
        } = self
        else {
            return String::new();
        };
        let to = match to.as_slice() {
            [one] if one == by && !group => "itself".to_owned(),
            to => list(to, "and"),
        };
        let of = if *group { "the group of " } else { "" };
        let mut text = format!("{by} sends {} to {of}{to}", signal(*sent));
        if *is_late {
            text += ", too late";
        }
        for (word, one, many) in [
            (SignalAction::Ignored, "ignores", "ignore"),
            (SignalAction::Handled, "handles", "handle"),
        ] {
            let who: Vec<_> = answers.iter().filter(|it| it.1 == word).collect();
            let names: Vec<_> = who.iter().map(|it| it.0.clone()).collect();
            match names.len() {
                0 => {}
                1 => text += &format!("; {} {one} it", names[0]),
                _ => text += &format!("; {} {many} it", list(&names, "and")),
            }
        }
        text
    }
}

fn arrived(
    who: &str,
    number: i32,
    from: Option<&str>,
    action: SignalAction,
    times: usize,
) -> String {
    const SIGPIPE: i32 = 13;
    let name = signal(number);
    let again = if times > 1 {
        format!(", {times} times")
    } else {
        String::new()
    };
    if number == SIGPIPE {
        return match action {
            SignalAction::Default => format!("{who} gets SIGPIPE: nobody can read what it writes"),
            SignalAction::Ignored => {
                format!("{who} writes, nobody can read it, and {who} ignores SIGPIPE{again}")
            }
            SignalAction::Handled => {
                format!("{who} writes, nobody can read it, and {who} handles SIGPIPE{again}")
            }
        };
    }
    let what = match from {
        Some(from) if from == who => format!("{who} sends {name} to itself"),
        Some(from) => format!("{from} sends {name} to {who}"),
        None => format!("{who} gets {name}"),
    };
    match (action, from) {
        (SignalAction::Default, _) => format!("{what}{again}"),
        (SignalAction::Ignored, Some(_)) => format!("{what}{again}; {who} ignores it"),
        (SignalAction::Handled, Some(_)) => format!("{what}{again}; {who} handles it"),
        (SignalAction::Ignored, None) => format!("{what}{again} and ignores it"),
        (SignalAction::Handled, None) => format!("{what}{again} and handles it"),
    }
}

fn closed(who: &str, gone: &[LetGo]) -> String {
    let (kept, gone): (Vec<_>, Vec<_>) = gone.iter().cloned().partition(|it| it.is_kept);
    let names = |all: &[LetGo]| {
        list(
            &all.iter().map(|it| it.pipe.clone()).collect::<Vec<_>>(),
            "and",
        )
    };
    if gone.is_empty() {
        return format!(
            "{who} closes one descriptor of {}, and keeps another",
            names(&kept)
        );
    }
    let of = |writers: bool| gone.iter().filter(|it| it.writers == writers).count();
    let can = match (of(true), of(false)) {
        (1, 0) => "write",
        (0, 1) => "read",
        (_, 0) => "write to them",
        (0, _) => "read them",
        _ => return format!("{who} lets go of {}: {}", names(&gone), abandoned(&gone)),
    };
    format!(
        "{who} lets go of {}: nobody can {can} any more{}",
        names(&gone),
        wakes(&gone)
    )
}

/// `nobody can write to its stdout or its stderr any more; cat reads the end`
fn abandoned(gone: &[LetGo]) -> String {
    let mut parts = Vec::new();
    for (writers, can) in [(true, "write to"), (false, "read")] {
        let pipes: Vec<_> = gone.iter().filter(|it| it.writers == writers).collect();
        let names: Vec<_> = pipes.iter().map(|it| it.pipe.clone()).collect();
        if !names.is_empty() {
            parts.push(format!("nobody can {can} {} any more", list(&names, "or")));
        }
    }
    parts.join(", and ") + &wakes(gone)
}

fn wakes(gone: &[LetGo]) -> String {
    let mut text = String::new();
    for (writers, one, many) in [
        (true, "reads the end", "read the end"),
        (false, "wakes", "wake"),
    ] {
        let with = gone.iter().filter(|it| it.writers == writers);
        let mut names: Vec<_> = with.flat_map(|it| it.wakes.clone()).collect();
        names.dedup();
        match names.len() {
            0 => {}
            1 => text += &format!("; {} {one}", names[0]),
            _ => text += &format!("; {} {many}", list(&names, "and")),
        }
    }
    text
}

impl Ended {
    fn text(&self) -> String {
        const SIGPIPE: Outcome = Outcome::Signal(13);
        let who = times(self.count, &self.who);
        let (ends, is) = if self.count > 1 {
            ("end", "are")
        } else {
            ("ends", "is")
        };
        let mut text = match self.outcome {
            Some(SIGPIPE) if self.count < 2 => {
                format!(
                    "{who} gets SIGPIPE, since nobody can read what it writes, and is ended by it"
                )
            }
            Some(Outcome::Code(code)) => format!("{who} {ends} with status {code}"),
            Some(Outcome::Signal(number)) => format!("{who} {is} ended by {}", signal(number)),
            None => format!("{who} {ends}"),
        };
        if !self.gone.is_empty() {
            text += ": ";
            text += &abandoned(&self.gone);
        }
        match self.orphans.as_slice() {
            [] => {}
            [one] => text += &format!("; {one} goes on without {}", self.who),
            all => text += &format!("; {} go on without {}", list(all, "and"), self.who),
        }
        match &self.collected {
            None => {}
            Some((by, _)) if self.count < 2 => text += &format!("; {by} collects {}", self.who),
            Some((by, count)) if *count == self.count => text += &format!("; {by} collects them"),
            Some((by, count)) => text += &format!("; {by} collects {count} of them"),
        }
        text
    }
}

impl Quiet {
    fn text(&self) -> String {
        let clauses = self.clauses_by_now().join("; ");
        match (&self.deadlock, self.idle) {
            (Some(end), idle) => {
                let idle = idle.map_or(String::new(), |it| format!(" for {}", duration(it)));
                format!("Deadlock{idle}. {}. {end}", self.clauses.join(". "))
            }
            (None, Some(idle)) => format!("For {}, {clauses}", duration(idle)),
            (None, None) => clauses,
        }
    }

    /// Who was seen to sleep for 10 ms, and does nothing else for a second, sleeps
    /// more than once, as Python does to wait with a timeout.
    fn clauses_by_now(&self) -> Vec<String> {
        let idle_ms = self.idle.unwrap_or(0.0) * 1e3;
        let over = self.naps_ms.iter().filter(|ms| **ms * 2.0 < idle_ms);
        let mut clauses = self.clauses.clone();
        for ms in over {
            let once = format!("sleeps for {}", limit(*ms));
            for clause in &mut clauses {
                *clause = clause.replace(&once, "sleeps again and again");
            }
        }
        clauses
    }
}
