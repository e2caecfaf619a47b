//! 认定、异议、作废: nobody certifies himself, and only what was attested counts.

use super::{
    Attested, BackfillApproved, DisputeDismissed, Disputed, Event, Record, Recorder, Rejection,
    Service, State, Voided,
};
use crate::{Actor, Given, Minutes, Text, county_date};

impl Record {
    /// Whether the actor made the entry or is the one it is about.
    fn concerns(&self, actor: &Actor) -> bool {
        self.entry.recorder.is(actor) || actor.person == Some(self.entry.volunteer)
    }

    /// Whether the actor attested it or disputes it.
    fn is_judged_by(&self, actor: &Actor) -> bool {
        self.attester.iter().chain(&self.disputant).any(|who| who.is(actor))
    }
}

impl Recorder {
    /// Whoever acts.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        Self { account: actor.id.clone(), person: actor.person }
    }

    /// Whether it is this account or the same person.
    #[must_use]
    pub fn is(&self, actor: &Actor) -> bool {
        actor.is_same_as(&self.account, self.person)
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
            attester: Some(Recorder::of(given.actor)),
        }))
    }

    pub(super) fn dispute(
        &self,
        number: u32,
        reason: Text<500>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let record = self.record(number)?;
        if record.state == State::Voided {
            return Err(Rejection::IsVoided {});
        }
        if record.disputed {
            return Err(Rejection::AlreadyDisputed {});
        }
        let by = Some(Recorder::of(given.actor));
        Ok(Event::Disputed(Disputed { record: number, reason, by }))
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
        if record.concerns(given.actor) || record.is_judged_by(given.actor) {
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
