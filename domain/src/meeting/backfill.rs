//! 补录: a meeting of which the minutes are on paper. It is entered as it was, by the rules of every meeting but those on the days
//! of notice, and its minutes are sealed when somebody else has held them against the photographs.

use super::{Convened, Event, Meeting, Rejection};
use crate::backfill::FromPaper;
use crate::{Given, Text};

/// The paper of a meeting that has begun by now.
pub(super) fn taken_from(
    paper: FromPaper,
    asked: &Convened,
    given: &Given<'_>,
) -> Result<FromPaper, Rejection> {
    if asked.starts_at >= given.now {
        return Err(Rejection::NotHeldYet { now: given.now.into() });
    }
    Ok(FromPaper::entered(paper.evidence, given)?)
}

impl Meeting {
    /// Whether it was entered later, from paper.
    #[must_use]
    pub fn is_backfilled(&self) -> bool {
        self.convened().is_some_and(|convened| convened.paper.is_some())
    }

    /// Neither who entered the meeting nor who wrote the minutes approves them.
    pub(super) fn approve_backfill(&self, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let paper = self.awaiting(given)?;
        let approved = Event::BackfillApproved(paper.approved(given)?);
        let sealed =
            self.asked.iter().map(|asked| Event::MinutesSealed(Box::new(asked.minutes.clone())));
        Ok([approved].into_iter().chain(sealed).collect())
    }

    pub(super) fn refuse_backfill(
        &self,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        Ok(Event::BackfillRefused(self.awaiting(given)?.refused(reason, given)?))
    }

    /// The paper of minutes that wait, for somebody other than who wrote them.
    fn awaiting(&self, given: &Given<'_>) -> Result<&FromPaper, Rejection> {
        let convened = self.convened().ok_or(Rejection::Unconvened {})?;
        let asked = self.asked.as_ref().ok_or(Rejection::NotRequested {})?;
        if asked.by.is(given.actor) {
            return Err(Rejection::BackfillSelfApproved {});
        }
        convened.paper.as_ref().ok_or(Rejection::NotRequested {})
    }
}
