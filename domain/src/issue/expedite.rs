//! 急事急议、特事特议: done ahead of the meeting on the approval of another, and ratified by a later one.

use super::stage::{Phase, Place};
use super::{Event, Expedited, Expedition, Issue, RatificationMissed, Ratified, Rejection};
use crate::aggregate::once;
use crate::{MeetingId, PersonId, Text};

impl Issue {
    /// Whether something was done ahead of a meeting that no meeting has ratified, unless that was denied and
    /// the issue rejected.
    #[must_use]
    pub fn expedited_unratified(&self) -> bool {
        self.expedited && self.ratified.is_none() && self.phase != Phase::Rejected
    }

    pub(super) fn awaits_ratification(&self) -> Result<(), Rejection> {
        self.was_expedited()?;
        match self.ratified {
            Some(_) => Err(Rejection::Ratified {}),
            None => Ok(()),
        }
    }

    pub(super) fn expedite(
        &self,
        kind: Expedition,
        approver: Option<PersonId>,
        leads: bool,
        reason: Text<200>,
        measure: Text<500>,
    ) -> Result<Vec<Event>, Rejection> {
        self.pending()?;
        if self.expedited {
            return Err(Rejection::AlreadyExpedited {});
        }
        let approver = approver.ok_or(Rejection::NoApprover {})?;
        if !leads {
            return Err(Rejection::ApproverNotLeading {});
        }
        if self.registered()?.registrar == Some(approver) {
            return Err(Rejection::SelfApproved {});
        }
        Ok(vec![Event::Expedited(Expedited { kind, approver, reason, measure })])
    }

    pub(super) fn ratify(&self, place: Place) -> Result<Vec<Event>, Rejection> {
        self.was_expedited()?;
        let Place { meeting, topic } = place;
        match self.ratified {
            None => Ok(vec![Event::Ratified(Ratified { meeting, topic })]),
            Some(already) if already == place => Ok(vec![]),
            Some(_) => Err(Rejection::Ratified {}),
        }
    }

    /// A meeting that did not ratify does not end the matter: a later one still may.
    pub(super) fn miss_ratification(&self, meeting: MeetingId) -> Result<Vec<Event>, Rejection> {
        self.awaits_ratification()?;
        let new = !self.missed.contains(&meeting);
        Ok(once(new, || Event::RatificationMissed(RatificationMissed { meeting })))
    }

    fn was_expedited(&self) -> Result<(), Rejection> {
        self.registered()?;
        if !self.expedited {
            return Err(Rejection::NotExpedited {});
        }
        if self.phase == Phase::Rejected { Err(self.phase.ended()) } else { Ok(()) }
    }
}
