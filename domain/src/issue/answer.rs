//! 登记、补录、答复: what came in online is answered within the rulebook's days, also while a backfill waits for approval.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{AnswerOverdue, Answered, Channel, Event, Issue, Registered, Rejection, Source};
use crate::aggregate::once;
use crate::backfill::FromPaper;
use crate::time::days_after;
use crate::{Given, Text, county_date};

/// Answers to one issue, at most.
const MOST_ANSWERS: usize = 20;

impl Issue {
    /// The last day for the answer, as long as an answer is owed.
    #[must_use]
    pub fn answer_due(&self) -> Option<Date> {
        let registered = self.registered.as_ref().filter(|_| self.answers == 0);
        registered.and_then(|registered| registered.answer_due)
    }

    pub(super) fn register(
        &self,
        mut asked: Box<Registered>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if self.registered.is_some() {
            return Err(Rejection::AlreadyRegistered {});
        }
        let Some(unit) = given.units.get(&asked.station) else {
            return Err(Rejection::UnknownUnit { unit: asked.station });
        };
        if let Some(successor) = &unit.succeeded_by {
            return Err(Rejection::EndedUnit { successor: successor.clone() });
        }
        if asked.raised_at > given.now {
            return Err(Rejection::Ahead { now: given.now.into() });
        }
        let today = given.today();
        let earliest = today.saturating_sub(1.year());
        if let Some(paper) = asked.paper.take() {
            asked.paper = Some(FromPaper::entered(paper.evidence, given)?);
        } else if county_date(asked.raised_at) < earliest {
            return Err(Rejection::LongAgo { earliest });
        }
        let days = *given.rulebook.rules.deliberation().answer_days;
        let online =
            asked.source == Source::Online || matches!(asked.channel, Channel::Chat | Channel::Web);
        asked.answer_due = online.then(|| days_after(today, days));
        Ok(vec![Event::Registered(asked)])
    }

    pub(super) fn approve_backfill(&self, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::BackfillApproved(self.awaiting()?.approved(given)?)])
    }

    /// What the paper does not bear out counts as never brought up.
    pub(super) fn refuse_backfill(
        &self,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        Ok(vec![Event::BackfillRefused(self.awaiting()?.refused(reason, given)?)])
    }

    fn awaiting(&self) -> Result<&FromPaper, Rejection> {
        let paper = self.entered()?.paper.as_ref().filter(|_| self.awaits_approval);
        paper.ok_or(Rejection::NotRequested {})
    }

    pub(super) fn answer(&self, answer: Text<1000>) -> Result<Vec<Event>, Rejection> {
        self.entered()?;
        if self.answers >= MOST_ANSWERS {
            return Err(Rejection::EnoughAnswers { limit: MOST_ANSWERS });
        }
        Ok(vec![Event::Answered(Answered { answer })])
    }

    pub(super) fn miss_answer(&self, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        self.entered()?;
        let due = self.answer_due().ok_or(Rejection::NoAnswerDue {})?;
        if given.today() <= due {
            return Err(Rejection::AnswerNotDue { due });
        }
        Ok(once(!self.answer_missed, || Event::AnswerOverdue(AnswerOverdue { due })))
    }
}
