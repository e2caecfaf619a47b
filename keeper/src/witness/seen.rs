//! What a witness remembers: of every log the checkpoint that it cosigned last.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use ledger::{Checkpoint, Note};

use crate::files;

pub(super) const FILE: &str = "seen.json";

/// By origin: the checkpoint, and its note as the log had signed it.
#[derive(Default)]
pub(super) struct Seen(BTreeMap<Box<str>, (Checkpoint, String)>);

impl Seen {
    /// The memory in a file; none where there is no file, and invalid data where it is not what was written.
    pub fn read(path: &Path) -> io::Result<Option<Self>> {
        let Some(bytes) = files::found(fs::read(path))? else { return Ok(None) };
        let damaged = || io::Error::from(io::ErrorKind::InvalidData);
        let stored: BTreeMap<Box<str>, String> =
            serde_json::from_slice(&bytes).map_err(|_| damaged())?;
        let read = stored.into_iter().map(|(origin, text)| {
            let note: Note = text.parse().map_err(|_| damaged())?;
            let checkpoint = Checkpoint::of(&note).map_err(|_| damaged())?;
            let own = checkpoint.origin == origin;
            own.then_some((origin, (checkpoint, text))).ok_or_else(damaged)
        });
        Ok(Some(Self(read.collect::<io::Result<_>>()?)))
    }

    /// Writes it in the place of what was there, durably.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let notes: BTreeMap<&str, &str> =
            self.0.iter().map(|(origin, (_, note))| (&**origin, &**note)).collect();
        files::replace(path, &serde_json::to_vec_pretty(&notes)?)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The checkpoint of a log that was cosigned last.
    pub fn last(&self, origin: &str) -> Option<Checkpoint> {
        self.0.get(origin).map(|(checkpoint, _)| checkpoint.clone())
    }

    pub fn remember(&mut self, checkpoint: &Checkpoint, note: &Note) {
        self.0.insert(checkpoint.origin.clone(), (checkpoint.clone(), note.to_string()));
    }
}
