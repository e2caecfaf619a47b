//! 认定、异议、作废: nobody certifies himself, and only what was attested counts.

use super::{
    Attested, BackfillApproved, DisputeDismissed, Disputed, Event, Record, Rejection, Service,
    State, Voided,
};
use crate::{Actor, Given, Minutes, Text, county_date};

impl Record {
    /// Whether the actor made the entry or is the one it is about.
    fn concerns(&self, actor: &Actor) -> bool {
        let recorder = &self.entry.recorder;
        actor.is_same_as(&recorder.account, recorder.person)
            || actor.person == Some(self.entry.volunteer)
    }
}

impl Service {
    pub(super) fn approve_backfill(
        &self,
        number: u32,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let record = self.record(number)?;
        if record.state != State::Requested {
            return Err(Rejection::NotRequested {});
        }
        if record.concerns(given.actor) {
            return Err(Rejection::SelfApproved {});
        }
        Ok(Event::BackfillApproved(BackfillApproved { record: number }))
    }

    pub(super) fn attest(
        &self,
        number: u32,
        rating: Option<u8>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let record = self.record(number)?;
        match record.state {
            State::Requested => return Err(Rejection::AwaitsApproval {}),
            State::Attested => return Err(Rejection::AlreadyAttested {}),
            State::Voided => return Err(Rejection::IsVoided {}),
            State::Recorded => {}
        }
        if record.disputed {
            return Err(Rejection::UnderDispute {});
        }
        if record.concerns(given.actor) {
            return Err(Rejection::SelfAttested {});
        }
        if rating.is_some_and(|rating| !(1..=5).contains(&rating)) {
            return Err(Rejection::Rating {});
        }
        let minutes = record.entry.minutes;
        Ok(Event::Attested(Attested {
            record: number,
            revision: record.revision,
            minutes,
            served_on: county_date(record.entry.ended_at),
            total: Minutes(self.attested.0 + minutes.0),
            rating,
        }))
    }

    pub(super) fn dispute(&self, number: u32, reason: Text<500>) -> Result<Event, Rejection> {
        let record = self.record(number)?;
        if record.state == State::Voided {
            return Err(Rejection::IsVoided {});
        }
        if record.disputed {
            return Err(Rejection::AlreadyDisputed {});
        }
        Ok(Event::Disputed(Disputed { record: number, reason }))
    }

    pub(super) fn dismiss_dispute(
        &self,
        number: u32,
        reason: Text<500>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let record = self.record(number)?;
        if !record.disputed {
            return Err(Rejection::NotDisputed {});
        }
        if record.concerns(given.actor) {
            return Err(Rejection::SelfDismissed {});
        }
        Ok(Event::DisputeDismissed(DisputeDismissed { record: number, reason }))
    }

    pub(super) fn void(&self, number: u32, reason: Text<500>) -> Result<Event, Rejection> {
        let record = self.record(number)?;
        if record.state == State::Voided {
            return Err(Rejection::IsVoided {});
        }
        let withdrawn = record.counted();
        Ok(Event::Voided(Voided {
            record: number,
            revision: record.revision,
            reason,
            withdrawn,
            total: Minutes(self.attested.0 - withdrawn.0),
        }))
    }
}
