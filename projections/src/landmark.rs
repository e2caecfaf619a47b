//! A landmark in three columns of a row.

use event_store::{Landmark, StreamId, Version};
use rusqlite::Row;

use crate::{Fact, column};

/// The event that three columns name: stream, version and id. None where they are not whole.
///
/// # Errors
/// When a column holds anything else.
pub fn landmark(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Landmark>> {
    let stream = row.get::<_, Option<String>>(first)?;
    let stream = stream.and_then(|name| StreamId::new(&name).ok());
    let version = column::read::<Option<u64>>(row, first + 1)?.map(Version);
    let id = row.get::<_, Option<String>>(first + 2)?.and_then(|id| id.parse().ok());
    let parts = stream.zip(version).zip(id);
    Ok(parts.map(|((stream, version), id)| Landmark { stream, version, id }))
}

impl From<&Fact> for Landmark {
    fn from(fact: &Fact) -> Self {
        Self { stream: fact.stream.clone(), version: fact.version, id: fact.id }
    }
}
