//! Circles among a crate's rooms.

use crate::source::Crate;
use crate::ties::{Tie, ties};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;
use std::path::Path;

/// The ties from one neighbour to another, by their names.
type Arrows<'a> = BTreeMap<(&'a str, &'a str), Vec<&'a Tie>>;

/// A shortest circle of each knot of a crate, with the ties that make it.
/// Files are named from `base` on.
pub fn circles(of: &Crate, base: &Path) -> Vec<String> {
    let ties = ties(of);
    let rooms = of.files.iter().map(|file| &*file.room);
    let levels: BTreeSet<_> = rooms
        .flat_map(|room| (0..=room.len()).map(|length| &room[..length]))
        .collect();
    let circles = levels.into_iter().flat_map(|level| {
        let arrows = arrows(of, level, &ties);
        let found = shortest(&arrows).into_iter();
        let told = found.map(|circle| tell(of, base, level, &circle, &arrows));
        told.collect::<Vec<_>>()
    });
    circles.collect()
}

/// The ties between the rooms beside each other in one room, and its own file,
/// whose name is empty.
fn arrows<'a>(of: &'a Crate, level: &[String], ties: &'a [Tie]) -> Arrows<'a> {
    let neighbour = |file: usize| {
        let inside = of.files[file].room.strip_prefix(level)?;
        Some(inside.first().map_or("", String::as_str))
    };
    let mut arrows = Arrows::new();
    for tie in ties {
        if let (Some(from), Some(to)) = (neighbour(tie.from), neighbour(tie.to))
            && from != to
        {
            arrows.entry((from, to)).or_default().push(tie);
        }
    }
    arrows
}

/// One circle of each knot: of all through whose rooms others lead back to it,
/// the shortest.
fn shortest<'a>(arrows: &Arrows<'a>) -> Vec<Vec<&'a str>> {
    let rooms: BTreeSet<_> = arrows.keys().map(|(from, _)| *from).collect();
    let mut circles: Vec<_> = rooms
        .into_iter()
        .filter_map(|room| circle(arrows, room))
        .collect();
    circles.sort_by_key(Vec::len);
    let mut found: Vec<Vec<&str>> = Vec::new();
    for circle in circles {
        let is_way = |from, to| way(arrows, from, to).is_some();
        if !(found.iter()).any(|it| is_way(it[0], circle[0]) && is_way(circle[0], it[0])) {
            found.push(circle);
        }
    }
    found
}

/// The shortest circle through a room, which stands first.
fn circle<'a>(arrows: &Arrows<'a>, room: &'a str) -> Option<Vec<&'a str>> {
    let next = arrows.keys().filter(|(from, _)| *from == room);
    let ways = next.filter_map(|(_, to)| way(arrows, to, room));
    let mut circle = ways.min_by_key(Vec::len)?;
    circle.rotate_right(1);
    Some(circle)
}

/// The shortest way along the arrows, with both its ends.
fn way<'a>(arrows: &Arrows<'a>, start: &'a str, end: &str) -> Option<Vec<&'a str>> {
    let mut ways = VecDeque::from([vec![start]]);
    let mut seen = BTreeSet::from([start]);
    while let Some(way) = ways.pop_front() {
        let last = way[way.len() - 1];
        if last == end {
            return Some(way);
        }
        for (_, to) in arrows.keys().filter(|(from, _)| *from == last) {
            if seen.insert(to) {
                ways.push_back([&*way, &[to]].concat());
            }
        }
    }
    None
}

fn tell(of: &Crate, base: &Path, level: &[String], circle: &[&str], arrows: &Arrows<'_>) -> String {
    let file = |file: usize| {
        let path = &of.files[file].path;
        path.strip_prefix(base).unwrap_or(path).display()
    };
    let name = |room: &str| match of.files.iter().position(|it| it.room == level) {
        Some(own) if room.is_empty() => file(own).to_string(),
        _ => [level, &[room.to_owned()]].concat().join("::"),
    };
    let mut text = String::new();
    for (from, to) in circle.iter().zip(circle.iter().cycle().skip(1)) {
        let _ = writeln!(text, "  {} takes from {}:", name(from), name(to));
        for tie in &arrows[&(*from, *to)] {
            let Tie { line, name, .. } = tie;
            let _ = writeln!(
                text,
                "    {}:{line}: {name} of {}",
                file(tie.from),
                file(tie.to)
            );
        }
    }
    text
}
