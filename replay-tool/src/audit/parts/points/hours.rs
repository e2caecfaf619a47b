//! A volunteer's attested time, as points and stars rest on it.

use std::collections::HashMap;

use domain::service::Event;
use domain::{Minutes, county_date};
use jiff::civil::Date;
use projections::Fact;

/// A volunteer's attested time, reckoned from the records.
#[derive(Default)]
pub struct Attested {
    /// Of each record the revision that counts.
    counting: HashMap<u32, u32>,
    /// Every attested revision of a record.
    pub revisions: HashMap<(u32, u32), Revision>,
    /// Minutes that count now.
    pub total: u64,
    /// When that last changed, and under which version of the rulebook.
    pub changed: Option<(Date, u32)>,
}

/// An attested revision of a record.
pub struct Revision {
    /// Minutes that were attested.
    pub minutes: Minutes,
    /// When.
    pub on: Date,
    /// When it stopped counting.
    pub withdrawn: Option<Date>,
}

impl Attested {
    /// Takes an event in.
    pub fn see(&mut self, event: &Event, fact: &Fact) {
        let on = county_date(fact.recorded_at);
        match event {
            Event::Attested(it) => {
                let of = (it.record, it.revision);
                self.withdraw(it.record, on);
                self.revisions.insert(of, Revision { minutes: it.minutes, on, withdrawn: None });
                self.counting.insert(it.record, it.revision);
                self.total += u64::from(it.minutes.0);
            }
            Event::Corrected(it) => self.withdraw(it.record, on),
            Event::Voided(it) => self.withdraw(it.record, on),
            Event::CheckedIn(_)
            | Event::CheckedOut(_)
            | Event::Recorded(_)
            | Event::BackfillRequested(_)
            | Event::BackfillApproved(_)
            | Event::DueSettled(_)
            | Event::Disputed(_)
            | Event::DisputeDismissed(_) => return,
        }
        self.changed = Some((on, fact.metadata.rulebook));
    }

    fn withdraw(&mut self, record: u32, on: Date) {
        let counting = self.counting.remove(&record);
        let revision = counting.and_then(|revision| self.revisions.get_mut(&(record, revision)));
        if let Some(revision) = revision {
            revision.withdrawn = Some(on);
            self.total = self.total.saturating_sub(u64::from(revision.minutes.0));
        }
    }

    /// Minutes that count now.
    pub fn minutes(&self) -> Minutes {
        Minutes(u32::try_from(self.total).unwrap_or(u32::MAX))
    }
}
