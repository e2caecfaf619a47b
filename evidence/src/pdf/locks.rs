//! How a document is encrypted, and whether everybody can open it all the same: with the empty password, as readers try
//! it first. One that only an owner's password restricts is opened so.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, EncryptionState, Object as Value, ObjectId};

use super::object::{Object, beginnings};
use super::work::Work;
use crate::Refusal;

/// Ways to encrypt one document, and places where one is described. There is one; each costs a search or a derivation.
const MAX_LOCKS: usize = 4;

/// What says how the document is encrypted.
#[derive(Default)]
pub(super) struct Locks {
    places: BTreeMap<ObjectId, Vec<Dictionary>>,
    seen: Vec<(Dictionary, Value)>,
    lost: bool,
}

impl Locks {
    /// Takes in a trailer, or the dictionary of a stream that is one. Every later change to a document adds one.
    pub(super) fn see(
        &mut self,
        pdf: &[u8],
        object: &Object,
        work: &mut Work,
    ) -> Result<(), Refusal> {
        let Some(trailer) = object.dictionary(pdf) else { return Err(Refusal::BrokenPdf) };
        let Ok(lock) = trailer.get(b"Encrypt") else { return Ok(()) };
        let locks = match (lock.as_dict(), lock.as_reference()) {
            (Ok(lock), _) => vec![lock.clone()],
            (_, Ok(at)) => self.at(at, pdf, work)?,
            (Err(_), Err(_)) => Vec::new(),
        };
        self.lost |= locks.is_empty() && !lock.is_null();
        // The key depends on the first half of the id, which later changes leave as it is.
        let ids = trailer.get(b"ID").and_then(Value::as_array).ok();
        let id = ids.and_then(|ids| ids.first()).cloned().unwrap_or(Value::Null);
        for lock in locks {
            if !self.seen.iter().any(|seen| seen.0 == lock && seen.1 == id) {
                self.seen.push((lock, id.clone()));
            }
        }
        few(self.seen.len())
    }

    /// The dictionaries that stand under a number.
    fn at(
        &mut self,
        id: ObjectId,
        pdf: &[u8],
        work: &mut Work,
    ) -> Result<Vec<Dictionary>, Refusal> {
        if let Some(found) = self.places.get(&id) {
            return Ok(found.clone());
        }
        let mut found = Vec::new();
        for begins in beginnings(pdf).filter(|begins| begins.is(id)) {
            found.extend(Object::walk(pdf, begins, work)?.dictionary(pdf));
            few(found.len())?;
        }
        self.places.insert(id, found.clone());
        few(self.places.len())?;
        Ok(found)
    }

    /// The keys that the empty password gives. None are needed where nothing is encrypted.
    pub(super) fn opened(self) -> Result<Vec<EncryptionState>, Refusal> {
        let locked = self.lost || !self.seen.is_empty();
        let keys: Vec<_> = self.seen.into_iter().filter_map(|(lock, id)| key(lock, id)).collect();
        if locked && keys.is_empty() { Err(Refusal::LockedPdf) } else { Ok(keys) }
    }
}

fn few(locks: usize) -> Result<(), Refusal> {
    if locks <= MAX_LOCKS { Ok(()) } else { Err(Refusal::IntricatePdf) }
}

fn key(lock: Dictionary, id: Value) -> Option<EncryptionState> {
    const LOCK: ObjectId = (1, 0);
    let mut document = Document::new();
    document.objects.insert(LOCK, Value::Dictionary(lock));
    document.trailer.set("Encrypt", LOCK);
    document.trailer.set("ID", vec![id.clone(), id]);
    document.authenticate_user_password("").ok()?;
    EncryptionState::decode(&document, b"").ok()
}
