//! Marks: the positions as of which every row is known.

use event_store::{EventStore, Landmark, Position};
use jiff::Timestamp;
use rusqlite::{Connection, Result};
use tokio::runtime::Handle;

use crate::engine::column;
use crate::engine::feed::PAGE;
use crate::models::ALL;
use crate::{Goal, Limits, ProjectionError, checkpoints};

/// A mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) position: Position,
    /// When the log learned the last of them; none at the start.
    pub(super) recorded_at: Option<Timestamp>,
}

/// All marks in order. The first stands at the start of the log.
pub(super) struct Marks(Vec<Mark>);

impl Marks {
    /// Every mark has written a version of every checkpoint.
    pub(super) fn read(conn: &Connection) -> Result<Self> {
        let mut query = conn.prepare_cached(
            "SELECT _since, recorded_at FROM _checkpoint_version
             WHERE projection = ?1 ORDER BY _since",
        )?;
        let first = ALL.first().map(|model| model.name);
        let marks = query.query_map([first], |row| {
            Ok(Mark {
                position: Position(column::read(row, 0)?),
                recorded_at: column::read(row, 1)?,
            })
        })?;
        let marks = marks.collect::<Result<Vec<_>>>()?;
        if marks.is_empty() { Err(rusqlite::Error::QueryReturnedNoRows) } else { Ok(Self(marks)) }
    }

    pub(super) fn newest(&self) -> &Mark {
        &self.0[self.0.len() - 1]
    }

    /// The last mark that sees nothing beyond the goal, and the one after it.
    pub(super) fn around(&self, goal: &Goal) -> (Position, Option<Position>) {
        let beyond = self.0.partition_point(|mark| {
            let learned = mark.recorded_at.unwrap_or(Timestamp::MIN);
            goal.reaches(mark.position, learned)
        });
        (self.0[beyond.saturating_sub(1)].position, self.0.get(beyond).map(|mark| mark.position))
    }
}

/// How far the log was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reached {
    pub(super) position: Position,
    /// When the log learned the last event read; none before one is.
    pub(super) recorded_at: Option<Timestamp>,
    /// Events read.
    pub(super) events: u64,
}

impl Reached {
    pub(super) fn at(position: Position) -> Self {
        Self { position, recorded_at: None, events: 0 }
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
                (self.position, self.recorded_at) = (last.position, Some(last.recorded_at));
                self.events += within as u64;
            }
            if within < page.len() || page.is_empty() {
                break;
            }
        }
        Ok(())
    }
}

/// What changed is written once, when all of it is folded: the fold reads what the mark before has seen, and of two writes of
/// a row [`since`] would not see the first.
pub(super) const LIMITS: Limits =
    Limits { cached_rows: 20_000, dirty_rows: usize::MAX, commit_events: u64::MAX };

/// The last event that read models have seen.
pub(super) fn last_seen(conn: &Connection) -> Result<Option<Landmark>, rusqlite::Error> {
    Ok(checkpoints(conn)?.into_iter().next().and_then(|line| line.folded.last))
}
