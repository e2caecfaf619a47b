//! 应急、补录: what is published although it has begun, and what was over before it was entered.

use jiff::SignedDuration;

use super::{Activity, Event, Published, Rejection};
use crate::backfill::{Fault, FromPaper};
use crate::values::Flaw;
use crate::{Given, Text};

/// Only an emergency that still runs is published after its start, and soon.
pub(super) fn runs_in_emergency(asked: &Published, given: &Given<'_>) -> Result<(), Rejection> {
    let now = given.now;
    if !asked.emergency {
        return Err(Rejection::NotAhead { now: now.into() });
    }
    if asked.ends_at <= now {
        return Err(Rejection::EmergencyOver { now: now.into() });
    }
    let hours = **given.rulebook.rules.emergency_publish_hours();
    let earliest = now.checked_sub(SignedDuration::from_hours(hours.into())).unwrap_or(now);
    if asked.starts_at < earliest {
        return Err(Rejection::EmergencyLate { earliest: earliest.into(), hours });
    }
    Ok(())
}

/// The paper of an activity that is over.
pub(super) fn taken_from(
    paper: FromPaper,
    asked: &Published,
    given: &Given<'_>,
) -> Result<FromPaper, Rejection> {
    if asked.ends_at >= given.now {
        return Err(Rejection::NotOver { now: given.now.into() });
    }
    Ok(FromPaper::entered(paper.evidence, given)?)
}

impl Activity {
    /// It is over, as the paper says; services done in it can be backfilled.
    pub(super) fn approve_backfill(&self, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::BackfillApproved(self.awaiting()?.approved(given)?)])
    }

    pub(super) fn refuse_backfill(
        &self,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::BackfillRefused(self.awaiting()?.refused(reason, given)?)])
    }

    fn awaiting(&self) -> Result<&FromPaper, Rejection> {
        let published = self.published.as_ref().ok_or(Rejection::Unpublished {})?;
        let paper = published.paper.as_ref().filter(|_| self.awaits_approval);
        paper.ok_or(Rejection::NotRequested {})
    }
}

impl From<Fault> for Rejection {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NoPhotograph => Self::NoPhotograph {},
            Fault::Flawed(Flaw::TooMuch { limit }) => Self::TooMuchEvidence { limit },
            Fault::Flawed(Flaw::Twice { digest }) => Self::SameEvidence { digest },
            Fault::SelfApproved => Self::BackfillSelfApproved {},
        }
    }
}
