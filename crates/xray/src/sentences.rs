//! The words of a row.

use crate::what::{Ended, LetGo, What};
use crate::words::{command, cut, duration, end, list, number, signal, times};
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
            What::Executed { who, argv } => format!("{who} becomes {} by exec", command(argv)),
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
                count,
                left,
            } => {
                let (who, left) = (times(*count, who), stay(left));
                match count {
                    0 | 1 => {
                        let zombie = duration(*zombie);
                        format!("{by} collects {who}, which was a zombie for {zombie}{left}")
                    }
                    _ => format!("{by} collects {who}{left}"),
                }
            }
            What::Orphaned { who, parent } => {
                let parent = parent.as_deref().unwrap_or("its parent");
                format!("{who} goes on without {parent}")
            }
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

    /// Beside the line of whom it is about: what is not drawn there.
    pub fn mark(&self) -> Option<String> {
        let mark = match self {
            What::Started { who: name } => name.clone(),
            What::Spawned { name, count, .. } => times(*count, name),
            What::Executed { argv, .. } => argv.first()?.clone(),
            What::Closed { .. } => "closes".to_owned(),
            What::Signal { signal: it, .. } | What::Stopped { signal: it, .. } => signal(*it),
            What::Continued { .. } => "goes on".to_owned(),
            What::Orphaned { .. } => "orphan".to_owned(),
            What::Ended(ended) => format!("† {}", end(ended.outcome?)),
            _ => return None,
        };
        Some(mark)
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
            let have = if to.contains(" and ") { "have" } else { "has" };
            text += &format!(", which {have} ended already");
        }
        for (word, one, many) in [
            (SignalAction::Ignored, "ignores", "ignore"),
            (
                SignalAction::Handled,
                "has a handler for",
                "have handlers for",
            ),
        ] {
            let it = signal(*sent);
            let who: Vec<_> = answers.iter().filter(|it| it.1 == word).collect();
            let names: Vec<_> = who.iter().map(|it| it.0.clone()).collect();
            match names.len() {
                0 => {}
                1 => text += &format!("; {} {one} {it}", names[0]),
                _ => text += &format!("; {} {many} {it}", list(&names, "and")),
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
            SignalAction::Default => {
                format!("{who} writes to a pipe that nobody can read, and gets SIGPIPE")
            }
            SignalAction::Ignored => {
                format!("{who} writes to a pipe that nobody can read, and ignores SIGPIPE{again}")
            }
            SignalAction::Handled => format!(
                "{who} writes to a pipe that nobody can read, and has a handler for SIGPIPE{again}"
            ),
        };
    }
    let what = match from {
        Some(from) if from == who => format!("{who} sends {name} to itself"),
        Some(from) => format!("{from} sends {name} to {who}"),
        None => format!("{who} gets {name}"),
    };
    match (action, from) {
        (SignalAction::Default, _) => format!("{what}{again}"),
        (SignalAction::Ignored, Some(_)) => format!("{what}{again}; {who} ignores {name}"),
        (SignalAction::Handled, Some(_)) => {
            format!("{what}{again}; {who} has a handler for {name}")
        }
        (SignalAction::Ignored, None) => format!("{what}{again}, and ignores {name}"),
        (SignalAction::Handled, None) => {
            format!("{what}{again}, and has a handler for {name}")
        }
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
    let mut ends: Vec<_> = [(true, "write to"), (false, "read")]
        .iter()
        .filter_map(|&(writers, can)| {
            let its: Vec<_> = gone
                .iter()
                .filter(|it| it.writers == writers)
                .cloned()
                .collect();
            let it = if its.len() > 1 { "them" } else { "it" };
            let names = names(&its);
            (!its.is_empty()).then(|| format!("{names}: nobody can {can} {it} any more"))
        })
        .collect();
    if let Some(second) = ends.get_mut(1) {
        *second = format!("{who} closes {second}");
    }
    format!("{who} closes {}{}", ends.join("; "), wakes(&gone))
}

/// `nobody can write to sh's stdout or sh's stderr any more; cat reads the end`
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
                format!("{who} writes to a pipe that nobody can read, and is ended by SIGPIPE")
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

/// `; 50 × cat stay zombies`
fn stay(left: &[String]) -> String {
    let stay = match left {
        [] => return String::new(),
        [one] if !one.contains('×') => "stays a zombie",
        _ => "stay zombies",
    };
    format!("; {} {stay}", list(left, "and"))
}
