//! 登记、答复: what came in online is answered within the rulebook's days.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{AnswerOverdue, Answered, Channel, Event, Issue, Registered, Rejection, Source};
use crate::aggregate::once;
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
        if county_date(asked.raised_at) < earliest {
            return Err(Rejection::LongAgo { earliest });
        }
        let days = *given.rulebook.rules.deliberation().answer_days;
        let online =
            asked.source == Source::Online || matches!(asked.channel, Channel::Chat | Channel::Web);
        asked.answer_due = online.then(|| days_after(today, days));
        Ok(vec![Event::Registered(asked)])
    }

    pub(super) fn answer(&self, answer: Text<1000>) -> Result<Vec<Event>, Rejection> {
        self.registered()?;
        if self.answers >= MOST_ANSWERS {
            return Err(Rejection::EnoughAnswers { limit: MOST_ANSWERS });
        }
        Ok(vec![Event::Answered(Answered { answer })])
    }

    pub(super) fn miss_answer(&self, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        self.registered()?;
        let due = self.answer_due().ok_or(Rejection::NoAnswerDue {})?;
        if given.today() <= due {
            return Err(Rejection::AnswerNotDue { due });
        }
        Ok(once(!self.answer_missed, || Event::AnswerOverdue(AnswerOverdue { due })))
    }
}
