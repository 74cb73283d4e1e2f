//! The picture at a row: all changes as far as it, folded.

use crate::row::{BoxChange, Column, Life, Row, Tube};
use std::collections::BTreeMap;

/// The boxes and tubes at a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    pub order: Vec<Column>,
    /// What is known of each box: a field that was never told is as usual.
    pub boxes: BTreeMap<Column, BoxChange>,
    pub tubes: BTreeMap<String, Tube>,
}

impl Picture {
    /// What the next row changes.
    pub fn take(&mut self, row: &Row) {
        let changes = &row.changes;
        if let Some(order) = &changes.order {
            self.order.clone_from(order);
        }
        for (column, change) in &changes.boxes {
            self.boxes.entry(*column).or_default().and(change.clone());
        }
        for (key, tube) in &changes.tubes {
            match tube {
                Some(tube) => self.tubes.insert(key.clone(), tube.clone()),
                None => self.tubes.remove(key),
            };
        }
    }

    pub fn name(&self, column: Column) -> &str {
        let name = self.boxes.get(&column).and_then(|it| it.name.as_ref());
        name.map_or("somebody", String::as_str)
    }

    pub fn life(&self, column: Column) -> Life {
        let life = self.boxes.get(&column).and_then(|it| it.life);
        life.unwrap_or(Life::Gone)
    }

    /// The columns in which somebody is not gone, from left to right.
    pub fn living(&self) -> impl Iterator<Item = Column> + '_ {
        let columns = self.order.iter().copied();
        columns.filter(|it| self.life(*it) != Life::Gone)
    }
}
