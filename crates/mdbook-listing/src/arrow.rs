//! A question whose answer is an arrow in an X-ray's picture: who waits for whom, or
//! whose child it is. The recorded run knows the answer, its author gives none.

use recording::catalogue::did_you_mean;
use serde::Deserialize;
use xray::XRay;
use xray::picture::Picture;
use xray::row::{ArrowKind, Column, Life, Row};

/// With fewer boxes there is nothing to choose.
const FEWEST: usize = 3;

/// Which arrow is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arrow {
    /// What the row shows whose picture is asked about, in the words of
    /// [`XRay::opening`].
    pub(crate) row: String,
    pub(crate) kind: Kind,
    /// Where it begins; both ends are asked for if that is not said.
    pub(crate) from: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// From who waits to who could end the wait.
    Waits,
    /// From a child to its parent.
    Child,
}

/// The picture without the arrow, and the arrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Drawn {
    pub(crate) kind: Kind,
    /// From left to right: the ends of arrows are places here.
    pub(crate) boxes: Vec<Drawing>,
    /// The end that is given.
    pub(crate) from: Option<usize>,
    pub(crate) right: Ends,
    /// The row, in its own words.
    pub(crate) sentence: String,
}

/// From one place to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ends {
    pub(crate) from: usize,
    /// Behind the last box is whoever is not in the picture.
    pub(crate) to: usize,
}

/// A process in the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Drawing {
    pub(crate) name: String,
    /// How many it stands for.
    pub(crate) count: usize,
    pub(crate) life: Life,
    pub(crate) depth: usize,
    /// The place of its parent.
    pub(crate) parent: Option<usize>,
    column: Column,
}

impl Arrow {
    /// The picture, with the one arrow that is right.
    ///
    /// # Errors
    /// No row shows it, there is too little to choose from, or not exactly one arrow
    /// is right.
    pub(crate) fn draw(&self, xray: &XRay) -> Result<Drawn, String> {
        let n = xray.opening(Some(&self.row))?;
        let row = &xray.rows()[n as usize];
        let before = n.checked_sub(1).map(|before| xray.picture(before));
        let boxes = self.boxes(&xray.picture(n), &before.unwrap_or_default())?;
        let from = self.from.as_deref().map(|it| place(it, &boxes));
        let from = from.transpose()?;
        let all = match self.kind {
            Kind::Waits => waits(row, &boxes),
            Kind::Child => parents(&boxes, from),
        };
        let right = self.the_one(&all, from, &boxes)?;
        Ok(Drawn {
            kind: self.kind,
            boxes,
            from,
            right,
            sentence: row.text.clone(),
        })
    }

    /// Who is there, and who goes at this row, as in the picture of an X-ray: in the
    /// order of the tree, or by name where that would tell the answer.
    fn boxes(&self, picture: &Picture, before: &Picture) -> Result<Vec<Drawing>, String> {
        let is_there = |picture: &Picture, column| picture.life(column) != Life::Gone;
        let mut columns = picture.order.clone();
        columns.retain(|it| is_there(picture, *it) || is_there(before, *it));
        if self.kind == Kind::Child {
            columns.sort_by_key(|column| picture.name(*column));
        }
        if columns.len() < FEWEST {
            return Err(format!(
                "where the X-ray shows `{}`, fewer than {FEWEST} are there: that is no choice",
                self.row
            ));
        }
        let drawing = |column: &Column| {
            let known = &picture.boxes[column];
            let parent = known.parent.flatten();
            Drawing {
                name: picture.name(*column).to_owned(),
                count: known.count.unwrap_or(1),
                life: picture.life(*column),
                depth: known.depth.unwrap_or(0),
                parent: parent.and_then(|parent| columns.iter().position(|it| *it == parent)),
                column: *column,
            }
        };
        let boxes: Vec<_> = columns.iter().map(drawing).collect();
        for (at, one) in boxes.iter().enumerate() {
            if boxes[..at].iter().any(|it| it.name == one.name) {
                let name = &one.name;
                let message = format!("two boxes are called {name}, and nobody could tell which");
                return Err(message);
            }
        }
        Ok(boxes)
    }

    /// # Errors
    /// There is none, or more than one.
    fn the_one(
        &self,
        all: &[Ends],
        from: Option<usize>,
        boxes: &[Drawing],
    ) -> Result<Ends, String> {
        let begins = |ends: &&Ends| from.is_none_or(|from| ends.from == from);
        let asked: Vec<_> = all.iter().filter(begins).collect();
        let [right] = *asked else {
            let shown = &self.row;
            let told = all.iter();
            let told = told.map(|ends| format!("`{}`", self.kind.says(*ends, boxes)));
            let told = told.collect::<Vec<_>>().join(", ");
            let told = if told.is_empty() { "none" } else { &told };
            return Err(format!(
                "exactly one arrow may be right, and where the X-ray shows `{shown}` there are: {told}"
            ));
        };
        Ok(*right)
    }
}

impl Kind {
    /// What whoever is not in the picture is called. A child has a parent, always.
    fn outside(self) -> &'static str {
        match self {
            Kind::Waits => "nobody here",
            Kind::Child => "somebody else",
        }
    }

    fn name(self, place: usize, boxes: &[Drawing]) -> &str {
        let found = boxes.get(place).map(|it| it.name.as_str());
        found.unwrap_or(self.outside())
    }

    /// The arrow as a sentence without a full stop.
    pub(crate) fn says(self, Ends { from, to }: Ends, boxes: &[Drawing]) -> String {
        let (from, to) = (self.name(from, boxes), self.name(to, boxes));
        match self {
            Kind::Waits => format!("{from} waits for {to}"),
            Kind::Child => format!("{from} is a child of {to}"),
        }
    }
}

impl Drawn {
    /// The arrow that an author writes: `sleep`, or `sh -> sleep` where both ends are
    /// asked for.
    ///
    /// # Errors
    /// It names somebody who is not there.
    pub(crate) fn read(&self, text: &str) -> Result<Ends, String> {
        let (from, to) = match (self.from, text.split_once("->")) {
            (Some(from), None) => (from, text),
            (None, Some((from, to))) => (place(from, &self.boxes)?, to),
            (Some(_), Some(_)) => return Err(format!("`{text}` has an end too many")),
            (None, None) => return Err(format!("`{text}` has one end: say `sh -> cat`")),
        };
        let to = match to.trim() {
            to if self.from.is_some() && to == self.kind.outside() => self.boxes.len(),
            to => place(to, &self.boxes)?,
        };
        Ok(Ends { from, to })
    }

    pub(crate) fn says(&self, ends: Ends) -> String {
        self.kind.says(ends, &self.boxes)
    }

    /// The places that a reader may choose to end the arrow at.
    pub(crate) fn targets(&self) -> impl Iterator<Item = usize> {
        let outside = usize::from(self.from.is_some());
        (0..self.boxes.len() + outside).filter(|at| Some(*at) != self.from)
    }

    pub(crate) fn name(&self, place: usize) -> &str {
        self.kind.name(place, &self.boxes)
    }

    /// The radio buttons that make this arrow, counted and joined as the page's
    /// script does.
    pub(crate) fn places(&self, ends: Ends) -> String {
        let to = self.targets().position(|at| at == ends.to);
        let to = to.unwrap_or_default();
        match self.from {
            Some(_) => to.to_string(),
            None => format!("{}+{}", ends.from, self.boxes.len() + to),
        }
    }
}

fn place(name: &str, boxes: &[Drawing]) -> Result<usize, String> {
    let name = name.trim();
    let found = boxes.iter().position(|it| it.name == name);
    found.ok_or_else(|| {
        let hint = did_you_mean(boxes.iter().map(|it| &it.name), name);
        format!("nobody is called {name} at that row{hint}")
    })
}

fn waits(row: &Row, boxes: &[Drawing]) -> Vec<Ends> {
    let waits = row.arrows.iter();
    let waits = waits.filter(|it| matches!(it.kind, ArrowKind::Wait | ArrowKind::Stuck));
    let at = |column| boxes.iter().position(|it| it.column == column);
    let ends = waits.filter_map(|arrow| {
        let (from, to) = (at(arrow.from)?, at(arrow.to)?);
        // Who waits for itself has no arrow that could be drawn.
        (from != to).then_some(Ends { from, to })
    });
    ends.collect()
}

/// Whose parent is not there is a child of somebody else, which can be asked of one who
/// is named. Of the program itself it cannot: who started it is not its lesson.
fn parents(boxes: &[Drawing], asked: Option<usize>) -> Vec<Ends> {
    let ends = boxes.iter().enumerate().filter_map(|(from, it)| {
        let outside = (asked == Some(from) && it.depth > 0).then_some(boxes.len());
        let to = it.parent.or(outside)?;
        Some(Ends { from, to })
    });
    ends.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use xray::row::BoxChange;

    /// A picture of processes with those names, the first of which started the others.
    fn picture(names: &[&str]) -> Picture {
        let mut picture = Picture::default();
        for (column, name) in names.iter().enumerate() {
            let change = BoxChange {
                name: Some((*name).to_owned()),
                depth: Some(usize::from(column > 0)),
                parent: Some((column > 0).then_some(0)),
                life: Some(Life::Runs),
                ..BoxChange::default()
            };
            picture.order.push(column);
            picture.boxes.insert(column, change);
        }
        picture
    }

    fn boxes(kind: Kind, names: &[&str]) -> Result<Vec<String>, String> {
        let (row, from) = ("over".to_owned(), None);
        let arrow = Arrow { row, kind, from };
        let boxes = arrow.boxes(&picture(names), &Picture::default())?;
        Ok(boxes.into_iter().map(|it| it.name).collect())
    }

    #[test]
    fn where_parents_are_asked_for_the_order_does_not_tell() {
        let names = ["sh", "sleep", "cat"];
        assert_eq!(boxes(Kind::Waits, &names).unwrap(), names);
        assert_eq!(boxes(Kind::Child, &names).unwrap(), ["cat", "sh", "sleep"]);
    }

    #[test]
    fn two_of_one_name_cannot_be_told_apart() {
        let fault = boxes(Kind::Waits, &["sh", "cat", "cat"]).unwrap_err();
        assert_eq!(
            fault,
            "two boxes are called cat, and nobody could tell which"
        );
    }
}
