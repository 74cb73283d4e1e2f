//! What a prediction may be held against.

use crate::row::{ArrowKind, RowKind};
use crate::xray::XRay;
use recording::catalogue::{did_you_mean, nearest};
use std::collections::BTreeSet;

impl XRay {
    /// How many processes ran, the program itself among them.
    pub fn processes(&self) -> usize {
        self.run.processes.len()
    }

    /// Who was seen as a zombie, or was one until somebody collected it later
    /// than at once.
    pub fn zombies(&self) -> BTreeSet<String> {
        let shown = self.shown();
        let late = shown.iter().filter(|it| it.row.kind != RowKind::Ended);
        let labels = late.flat_map(|it| it.labels.iter());
        let names = labels.filter_map(|it| it.strip_prefix("zombie "));
        names.map(str::to_owned).collect()
    }

    /// Who waits for whom at a row.
    pub fn waits_at(&self, n: u32) -> BTreeSet<(String, String)> {
        let kinds = [ArrowKind::Wait, ArrowKind::Stuck];
        self.arrows_at(n, &kinds)
    }

    pub fn is_deadlock_at(&self, n: u32) -> bool {
        self.table
            .row(n)
            .is_some_and(|it| it.kind == RowKind::Deadlock)
    }

    /// Who collected whom: `(parent, child)`.
    pub fn reaps(&self) -> BTreeSet<(String, String)> {
        let rows = self.rows().iter();
        let pairs = rows.flat_map(|row| self.arrows_at(row.n, &[ArrowKind::Reap]));
        pairs.map(|(child, parent)| (parent, child)).collect()
    }

    /// The names of those who ended, in the order of their first end.
    pub fn ends(&self) -> Vec<String> {
        let mut names = Vec::new();
        for shown in self.shown() {
            for label in shown.labels {
                if let Some(name) = label.strip_prefix("end ")
                    && !names.iter().any(|it| it == name)
                {
                    names.push(name.to_owned());
                }
            }
        }
        names
    }

    /// Whether it is so: `3 processes`, `zombie sh`, `no zombie`,
    /// `sh waits for cat`, `deadlock`, `no deadlock`, `sh collects cat`,
    /// `yes ends before head`; at any row, if it is about a row.
    ///
    /// # Errors
    /// It cannot be asked, or names nobody who was there.
    pub fn is_so(&self, fact: &str) -> Result<bool, String> {
        let fact = fact.trim();
        let count = fact
            .strip_suffix(" processes")
            .or(fact.strip_suffix(" process"));
        if let Some(count) = count.and_then(|it| it.parse::<usize>().ok()) {
            return Ok(count == self.processes());
        }
        let any = |label: &str| {
            self.shown()
                .iter()
                .any(|it| it.labels.iter().any(|it| it == label))
        };
        let two = |word| fact.split_once(word).map(|(a, b)| (a.trim(), b.trim()));
        match fact {
            "deadlock" => return Ok(any("deadlock")),
            "no deadlock" => return Ok(!any("deadlock")),
            "no zombie" => return Ok(self.zombies().is_empty()),
            _ => {}
        }
        if let Some(name) = fact.strip_prefix("zombie ") {
            self.known(name)?;
            return Ok(self.zombies().contains(name));
        }
        if let Some((first, second)) = two(" ends before ") {
            let ends = self.ends();
            let at = |name| ends.iter().position(|it| it == name);
            self.known(first)?;
            self.known(second)?;
            return Ok(match (at(first), at(second)) {
                (Some(first), Some(second)) => first < second,
                (first, _) => first.is_some(),
            });
        }
        if let Some((one, other)) = two(" waits for ").or_else(|| two(" collects ")) {
            self.known(one)?;
            self.known(other)?;
            return Ok(any(fact));
        }
        let nearest = nearest(self.askable(), fact).unwrap_or_default();
        Err(format!(
            "an X-ray cannot be asked `{fact}`; the nearest that it can be asked is `{nearest}`"
        ))
    }

    fn known(&self, name: &str) -> Result<(), String> {
        let names: BTreeSet<_> = self.names().collect();
        if names.contains(name) {
            return Ok(());
        }
        let hint = did_you_mean(names, name);
        Err(format!("nobody in {} is called {name}{hint}", self.title()))
    }

    /// All that [`XRay::is_so`] knows how to answer of this run, true or not.
    fn askable(&self) -> Vec<String> {
        let names: BTreeSet<_> = self.names().collect();
        let mut facts = vec![format!("{} processes", self.processes())];
        facts.extend(["deadlock", "no deadlock", "no zombie"].map(str::to_owned));
        for one in &names {
            facts.push(format!("zombie {one}"));
            for other in &names {
                let verbs = ["waits for", "collects", "ends before"];
                facts.extend(verbs.map(|verb| format!("{one} {verb} {other}")));
            }
        }
        facts
    }

    /// What the processes were called, those of columns that were used again too.
    fn names(&self) -> impl Iterator<Item = String> + '_ {
        let boxes = self.rows().iter().flat_map(|it| it.changes.boxes.values());
        boxes.filter_map(|it| it.name.clone())
    }

    fn arrows_at(&self, n: u32, kinds: &[ArrowKind]) -> BTreeSet<(String, String)> {
        let Some(row) = self.table.row(n) else {
            return BTreeSet::new();
        };
        let picture = self.picture(n);
        let arrows = row.arrows.iter().filter(|it| kinds.contains(&it.kind));
        let names = arrows.map(|it| (picture.name(it.from), picture.name(it.to)));
        names
            .map(|(from, to)| (from.to_owned(), to.to_owned()))
            .collect()
    }

    /// The picture at a row.
    pub fn picture(&self, n: u32) -> crate::picture::Picture {
        let mut picture = crate::picture::Picture::default();
        for row in self.rows().iter().take(n as usize + 1) {
            picture.take(row);
        }
        picture
    }
}
