//! What stands of a volunteer's records, for whoever looks at them from outside.

use super::{Entry, Rejection, Service, State};
use crate::Minutes;

impl Service {
    /// All attested minutes.
    #[must_use]
    pub fn attested(&self) -> Minutes {
        self.attested
    }

    /// What a record says as it stands.
    ///
    /// # Errors
    /// When there is no record of this number.
    pub fn entry(&self, number: u32) -> Result<&Entry, Rejection> {
        self.record(number).map(|record| &record.entry)
    }

    /// All records in their order: number, what it says as it stands, and whether it was voided.
    pub fn entries(&self) -> impl Iterator<Item = (u32, &Entry, bool)> {
        let numbered = (1..).zip(&self.records);
        numbered.map(|(number, record)| (number, &record.entry, record.state == State::Voided))
    }

    /// Whether a record stands as it was made: neither attested, corrected, disputed nor voided.
    #[must_use]
    pub fn is_as_recorded(&self, number: u32) -> bool {
        self.record(number).is_ok_and(|record| {
            record.state == State::Recorded && record.revision == 1 && !record.disputed
        })
    }

    /// Whether a record was voided.
    #[must_use]
    pub fn is_voided(&self, number: u32) -> bool {
        self.record(number).is_ok_and(|record| record.state == State::Voided)
    }
}
