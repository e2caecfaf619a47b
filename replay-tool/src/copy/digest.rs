//! One number for a whole history.

use std::fmt;

use event_store::Recorded;
use sha2::{Digest as _, Sha256};

/// SHA-256 over the records of a log, in order.
///
/// A record is its fields stream, version, id, kind, recorded_at, data and metadata, each after its length in bytes. Lengths
/// and the version are 8 bytes, the time is 8 bytes of microseconds since 1970, all big-endian; the id is its 16 bytes; names
/// are UTF-8. The position is no field: it is the engine's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The digest as records come.
#[derive(Default)]
pub struct Digesting(Sha256);

impl Digesting {
    /// Takes a record in.
    pub fn see(&mut self, event: &Recorded) {
        let Recorded { position: _, stream, version, id, kind, recorded_at, data, metadata } =
            event;
        let micros = recorded_at.as_microsecond().to_be_bytes();
        let version = version.0.to_be_bytes();
        let fields: [&[u8]; 7] = [
            stream.as_str().as_bytes(),
            &version,
            id.as_bytes(),
            kind.as_bytes(),
            &micros,
            data,
            metadata,
        ];
        for field in fields {
            self.0.update((field.len() as u64).to_be_bytes());
            self.0.update(field);
        }
    }

    /// The digest of what was seen.
    pub fn digest(&self) -> Digest {
        Digest(self.0.clone().finalize().into())
    }
}
