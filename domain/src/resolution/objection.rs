//! 异议: who answers it, until when, and what became of it.

use jiff::civil::Date;

use super::{
    Escalation, Event, ObjectionAnswered, ObjectionEscalated, ObjectionFiled, ObjectionOverdue,
    Objector, Rejection,
};
use crate::notice::Verdict;
use crate::time::days_after;
use crate::{Given, Text};

/// An objection to a resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Objection {
    /// 异议人; none who wanted to stay unknown.
    pub objector: Option<Objector>,
    /// Who answers, or answered.
    pub desk: Desk,
    /// What became of it so far.
    pub answer: Answer,
}

/// Who answers an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Desk {
    /// 村. A unit above may answer in the village's stead; the objector may go up all the same.
    Village,
    /// 镇: what is late, was left without an answer, or was dismissed by the village. Its answer is final.
    Town,
}

/// The answer to an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// 待答复.
    Awaited {
        /// Last day for it.
        due: Date,
        /// Whether it is on record that this day passed.
        overdue: bool,
    },
    /// 已答复.
    Given(Verdict),
}

/// A resolution's objections; the first has number 1.
#[derive(Debug, Clone, Default)]
pub(super) struct Objections(Vec<Objection>);

/// The most objections that may wait for an answer at a time; more are filed only by mistake or ill will.
const OPEN_AT_ONCE: usize = 200;

impl Objections {
    pub fn get(&self, number: u32) -> Result<&Objection, Rejection> {
        let index = (number as usize).checked_sub(1);
        let found = index.and_then(|index| self.0.get(index));
        found.ok_or(Rejection::UnknownObjection { objection: number })
    }

    pub fn open(&self) -> impl Iterator<Item = (u32, &Objection)> {
        (1..).zip(&self.0).filter(|(_, one)| matches!(one.answer, Answer::Awaited { .. }))
    }

    /// Refused while an objection is open.
    pub fn none_open(&self) -> Result<(), Rejection> {
        self.open()
            .next()
            .map_or(Ok(()), |(objection, _)| Err(Rejection::OpenObjection { objection }))
    }

    /// One that comes late is kept, and goes up to the town at once.
    pub fn file(
        &self,
        ground: Text<500>,
        objector: Option<Objector>,
        late: bool,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if self.open().count() >= OPEN_AT_ONCE {
            return Err(Rejection::TooManyObjections { limit: OPEN_AT_ONCE });
        }
        let objection = u32::try_from(self.0.len()).map_or(u32::MAX, |last| last.saturating_add(1));
        let answer_due = answer_due(given);
        let filed = ObjectionFiled { objection, ground, objector, answer_due, late };
        let mut events = vec![Event::ObjectionFiled(filed)];
        if late {
            events.push(escalated(objection, Escalation::Late, given));
        }
        Ok(events)
    }

    pub fn answer(
        &self,
        objection: u32,
        verdict: Verdict,
        answer: Text<500>,
        above: bool,
    ) -> Result<Event, Rejection> {
        let one = self.get(objection)?;
        one.awaited(objection)?;
        if one.desk == Desk::Town && !above {
            return Err(Rejection::WithTheTown { objection });
        }
        Ok(Event::ObjectionAnswered(ObjectionAnswered { objection, verdict, answer }))
    }

    /// States once that the days for an answer passed; an objection that waits for the village then goes up to the town.
    pub fn miss_answer(&self, objection: u32, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let one = self.get(objection)?;
        let (due, overdue) = one.awaited(objection)?;
        if given.today() <= due {
            return Err(Rejection::AnswerInTime { objection, due });
        }
        if overdue {
            return Ok(vec![]);
        }
        let mut events = vec![Event::ObjectionOverdue(ObjectionOverdue { objection, due })];
        match one.desk {
            Desk::Village => events.push(escalated(objection, Escalation::Overdue, given)),
            Desk::Town => {}
        }
        Ok(events)
    }

    /// The objector does not accept that the village dismissed it.
    pub fn escalate(&self, objection: u32, given: &Given<'_>) -> Result<Event, Rejection> {
        let one = self.get(objection)?;
        match (one.answer, one.desk) {
            (Answer::Given(Verdict::Dismissed), Desk::Village) => {
                Ok(escalated(objection, Escalation::Unsatisfied, given))
            }
            (Answer::Given(Verdict::Dismissed), Desk::Town) => {
                Err(Rejection::FinalAnswer { objection })
            }
            (Answer::Given(Verdict::Upheld) | Answer::Awaited { .. }, _) => {
                Err(Rejection::NotDismissed { objection })
            }
        }
    }
}

impl Objection {
    /// Last day for the answer, and whether it is on record that it passed.
    fn awaited(&self, objection: u32) -> Result<(Date, bool), Rejection> {
        match self.answer {
            Answer::Awaited { due, overdue } => Ok((due, overdue)),
            Answer::Given(_) => Err(Rejection::AlreadyAnswered { objection }),
        }
    }
}

fn escalated(objection: u32, cause: Escalation, given: &Given<'_>) -> Event {
    let answer_due = answer_due(given);
    Event::ObjectionEscalated(ObjectionEscalated { objection, cause, answer_due })
}

fn answer_due(given: &Given<'_>) -> Date {
    days_after(given.today(), *given.rulebook.rules.objection_answer_days)
}

impl Objections {
    pub fn filed(&mut self, filed: &ObjectionFiled) {
        let answer = Answer::Awaited { due: filed.answer_due, overdue: false };
        self.0.push(Objection { objector: filed.objector, desk: Desk::Village, answer });
    }

    pub fn answered(&mut self, answered: &ObjectionAnswered) {
        self.change(answered.objection, |one| one.answer = Answer::Given(answered.verdict));
    }

    pub fn overdue(&mut self, overdue: &ObjectionOverdue) {
        let answer = Answer::Awaited { due: overdue.due, overdue: true };
        self.change(overdue.objection, |one| one.answer = answer);
    }

    pub fn escalated(&mut self, escalated: &ObjectionEscalated) {
        let answer = Answer::Awaited { due: escalated.answer_due, overdue: false };
        self.change(escalated.objection, |one| (one.desk, one.answer) = (Desk::Town, answer));
    }

    fn change(&mut self, number: u32, change: impl FnOnce(&mut Objection)) {
        let index = (number as usize).wrapping_sub(1);
        if let Some(objection) = self.0.get_mut(index) {
            change(objection);
        }
    }
}
