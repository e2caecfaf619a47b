//! Marks: the positions as of which every row is known.

use event_store::{EventStore, Position};
use jiff::Timestamp;
use rusqlite::{Connection, Result};
use tokio::runtime::Handle;

use crate::column;
use crate::feed::PAGE;
use crate::projection::ALL;
use crate::{Goal, ProjectionError};

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) position: Position,
    /// Events up to there.
    pub(super) events: u64,
    /// When the log learned the last of them; none at the start.
    pub(super) recorded_at: Option<Timestamp>,
    /// Put down because somebody asked, and not to stay.
    pub(super) asked: bool,
}

/// All marks in order. The first stands at the start of the log.
pub(super) struct Marks(Vec<Mark>);

impl Marks {
    /// Every mark has written a version of every checkpoint.
    pub(super) fn read(conn: &Connection) -> Result<Self> {
        let mut query = conn.prepare_cached(
            "SELECT _since, events, recorded_at, _asked FROM _checkpoint_version
             WHERE projection = ?1 ORDER BY _since",
        )?;
        let first = ALL.first().map(|model| model.name);
        let marks = query.query_map([first], |row| {
            Ok(Mark {
                position: Position(column::read(row, 0)?),
                events: column::read(row, 1)?,
                recorded_at: column::read(row, 2)?,
                asked: row.get(3)?,
            })
        })?;
        let marks = marks.collect::<Result<Vec<_>>>()?;
        if marks.is_empty() { Err(rusqlite::Error::QueryReturnedNoRows) } else { Ok(Self(marks)) }
    }

    pub(super) fn newest(&self) -> &Mark {
        &self.0[self.0.len() - 1]
    }

    /// The last mark that sees nothing beyond the goal.
    pub(super) fn within(&self, goal: &Goal) -> &Mark {
        let beyond = self.0.partition_point(|mark| {
            let learned = mark.recorded_at.unwrap_or(Timestamp::MIN);
            goal.reaches(mark.position, learned)
        });
        &self.0[beyond.saturating_sub(1)]
    }

    /// The mark after a position.
    pub(super) fn after(&self, position: Position) -> Option<&Mark> {
        self.0.iter().find(|mark| mark.position > position)
    }

    /// The last that was not asked for.
    pub(super) fn regular(&self) -> &Mark {
        self.0.iter().rev().find(|mark| !mark.asked).unwrap_or(&self.0[0])
    }

    /// Those that were asked for.
    pub(super) fn asked(&self) -> impl Iterator<Item = Position> {
        self.0.iter().filter(|mark| mark.asked).map(|mark| mark.position)
    }

    /// Events after the newest mark until the next regular one, at least one.
    pub(super) fn due(&self, every: u64) -> u64 {
        (self.regular().events + every).saturating_sub(self.newest().events).max(1)
    }
}

/// How far the log was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reached {
    /// The last event read.
    pub(super) position: Position,
    /// Events read.
    pub(super) events: u64,
}

impl Reached {
    pub(super) fn at(position: Position) -> Self {
        Self { position, events: 0 }
    }

    /// Reads on until the goal, the end of the log, or until `most` events are read.
    pub(super) fn read_on(
        &mut self,
        store: &dyn EventStore,
        handle: &Handle,
        goal: &Goal,
        most: u64,
    ) -> Result<(), ProjectionError> {
        while self.events < most {
            let wanted = u32::try_from(most - self.events).unwrap_or(PAGE).min(PAGE);
            let page = handle.block_on(store.read_all(self.position, wanted))?;
            let within = page.partition_point(|event| goal.holds(event));
            if let Some(last) = page[..within].last() {
                self.position = last.position;
                self.events += within as u64;
            }
            if within < page.len() || page.is_empty() {
                break;
            }
        }
        Ok(())
    }
}
