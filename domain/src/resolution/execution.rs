//! 执行: a named person, a last day, and a claim of completion that shows something.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{
    Assigned, Assignment, CompletionClaimed, Event, ExecutionOverdue, Extended, Progressed,
    Rejection, Resolution, Stage,
};
use crate::aggregate::once;
use crate::{Evidence, Given, PersonId, Text};

/// A last day lies at most so many years ahead.
const YEARS_AHEAD: i32 = 3;

impl Resolution {
    /// Assigns it, or passes it on to another executor while it is executed, who has only the time that is left.
    pub(super) fn assign(
        &self,
        executor: PersonId,
        office: Text<40>,
        due: Date,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let stage = self.phase.live()?;
        if !matches!(stage, Stage::Closed | Stage::Executing) {
            return Err(Rejection::NotClosed { stage });
        }
        self.objections.none_open()?;
        match self.phase.assignment() {
            Some(present) => may_pass_on(present, executor, due, given)?,
            None => fit_to_be_due(due, given)?,
        }
        Ok(Event::Assigned(Assigned { executor, office, due }))
    }

    pub(super) fn report(
        &self,
        note: Text<500>,
        evidence: Vec<Evidence>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.by_the_executor(given)?;
        Evidence::check(&evidence)?;
        Ok(Event::Progressed(Progressed { note, evidence }))
    }

    pub(super) fn claim(
        &self,
        note: Text<500>,
        evidence: Vec<Evidence>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        self.by_the_executor(given)?;
        if evidence.is_empty() {
            return Err(Rejection::NoEvidence {});
        }
        Evidence::check(&evidence)?;
        let claim = self.claims.saturating_add(1);
        Ok(Event::CompletionClaimed(CompletionClaimed { claim, note, evidence }))
    }

    /// Nobody gives himself more time.
    pub(super) fn extend(
        &self,
        to: Date,
        reason: Text<200>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let assignment = self.phase.executing()?;
        if given.actor.person == Some(assignment.executor) {
            return Err(Rejection::SelfExtended {});
        }
        if to <= assignment.due {
            return Err(Rejection::NotLater { due: assignment.due });
        }
        fit_to_be_due(to, given)?;
        Ok(Event::Extended(Extended { from: assignment.due, to, reason }))
    }

    /// States once for every last day that it passed. Refused while a claim waits for supervision: the executor is not late then.
    pub(super) fn miss_due(&self, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let assignment = self.phase.executing()?;
        let due = assignment.due;
        if given.today() <= due {
            return Err(Rejection::InTime { due });
        }
        Ok(once(!assignment.overdue, || Event::ExecutionOverdue(ExecutionOverdue { due })))
    }

    fn by_the_executor(&self, given: &Given<'_>) -> Result<(), Rejection> {
        let assignment = self.phase.executing()?;
        if given.actor.person == Some(assignment.executor) {
            Ok(())
        } else {
            Err(Rejection::NotTheExecutor { executor: assignment.executor })
        }
    }
}

/// Refuses a later last day for a new executor, which needs an extension; the old one may stay although it has passed.
fn may_pass_on(
    present: Assignment,
    executor: PersonId,
    due: Date,
    given: &Given<'_>,
) -> Result<(), Rejection> {
    if given.actor.person == Some(present.executor) {
        return Err(Rejection::PassedOn {});
    }
    if executor == present.executor {
        return Err(Rejection::SameExecutor { executor });
    }
    if due > present.due {
        return Err(Rejection::MoreTime { due: present.due });
    }
    if due == present.due { Ok(()) } else { fit_to_be_due(due, given) }
}

pub(super) fn fit_to_be_due(due: Date, given: &Given<'_>) -> Result<(), Rejection> {
    let today = given.today();
    let latest = today.saturating_add(YEARS_AHEAD.years());
    if due < today {
        return Err(Rejection::DueInPast { today });
    }
    if due > latest {
        return Err(Rejection::DueTooFar { latest });
    }
    Ok(())
}
