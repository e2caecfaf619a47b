//! Masked names that everybody was shown lately, so that a page that is read often opens nothing anew.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::{PersonId, SealedDigest};
use jiff::{SignedDuration, Timestamp};

/// How long an opened name is shown again without another reading: as long as a purpose holds.
const LASTS: SignedDuration = SignedDuration::from_mins(30);

/// When each was opened, from which sealed section, and what is shown of it.
#[derive(Debug, Default)]
pub(crate) struct ShownNames(Mutex<HashMap<PersonId, Opened>>);

type Opened = (Timestamp, SealedDigest, Option<String>);

impl ShownNames {
    /// What is shown of this section, if it was opened lately; what is older is forgotten.
    pub fn get(
        &self,
        who: PersonId,
        sealed: SealedDigest,
        now: Timestamp,
    ) -> Option<Option<String>> {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.retain(|_, (at, ..)| *at > now - LASTS);
        let (_, opened, name) = shown.get(&who)?;
        (*opened == sealed).then(|| name.clone())
    }

    /// Keeps what is shown of a section that was opened just now; none where nobody is named by it.
    pub fn keep(&self, who: PersonId, sealed: SealedDigest, at: Timestamp, name: Option<String>) {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.insert(who, (at, sealed, name));
    }

    /// Nobody is to see the name any more.
    pub fn forget(&self, who: PersonId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&who);
    }
}
