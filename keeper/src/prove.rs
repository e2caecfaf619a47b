//! Proofs that an event is in the tree of a checkpoint.

use std::io;

use event_store::Recorded;
use ledger::{Bundle, Hash, Note, inclusion};

use crate::follow::record;
use crate::tiles::Tiles;

/// The event with its place, its way to the root and the note; none where the tree does not hold it.
pub(crate) fn bundle(
    tiles: &Tiles,
    event: &Recorded,
    checkpoint: Note,
    size: u64,
) -> io::Result<Option<Bundle>> {
    let record = record(event).encode();
    // Where an engine numbers its events from 1, that is the place.
    let likely = event.position.0.saturating_sub(1);
    let Some(index) = tiles.find(Hash::of_leaf(&record), likely, size)? else { return Ok(None) };
    let proof = inclusion(&tiles.of(size), index, size)?;
    Ok(proof.map(|proof| Bundle { record, index, proof, checkpoint }))
}
