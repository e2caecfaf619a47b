//! 异议: who answers it, until when, and what became of it; alike for a resolution and for a notice.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::notice::Verdict;
use crate::time::days_after;
use crate::{Given, PersonId, SealedDigest, Text};

/// 异议人: somebody whose name and telephone lie in the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objector {
    /// Their number.
    pub person: PersonId,
    /// Digest of the sealed section.
    pub sealed: SealedDigest,
}

/// An objection was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionAnswered {
    /// Which.
    pub objection: u32,
    /// How it was decided.
    pub verdict: Verdict,
    /// The answer.
    pub answer: Text<500>,
    /// Until when the objector may take a dismissal of a notice's own unit further, while the notice waits for that; not in
    /// what was stored before it did, nor where the answer is final. A resolution's objector may at any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalate_until: Option<Date>,
}

/// The days for an answer passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionOverdue {
    /// Which.
    pub objection: u32,
    /// The last day.
    pub due: Date,
}

named! {
    /// Why an objection went up.
    Escalation {
        Overdue "overdue" "逾期未答复",
        Late "late" "公示期满后提出",
        Unsatisfied "unsatisfied" "对答复不服",
    }
}

/// An objection went up: a unit above, and no longer the one objected to, answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionEscalated {
    /// Which.
    pub objection: u32,
    /// Why.
    pub cause: Escalation,
    /// Last day for the answer from above.
    pub answer_due: Date,
}

/// An objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Objection {
    /// 异议人; none who wanted to stay unknown.
    pub objector: Option<Objector>,
    /// Who answers, or answered.
    pub desk: Desk,
    /// What became of it so far.
    pub answer: Answer,
    /// Until when a notice waits for the objector to take the answer further.
    pub escalate_until: Option<Date>,
}

/// Who answers an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Desk {
    /// 本级: the village, or the unit whose notice it is. A unit above may answer in its stead; the objector may go up all
    /// the same.
    Own,
    /// 上级: what is late, was left without an answer, or was dismissed by the own unit. Its answer is final.
    Above,
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

/// Why an objection is not taken in, answered or taken further; each aggregate says it in its own words.
#[derive(Debug)]
pub(crate) enum Fault {
    TooMany { limit: usize },
    Unknown { objection: u32 },
    Open { objection: u32 },
    Answered { objection: u32 },
    WithAbove { objection: u32 },
    InTime { objection: u32, due: Date },
    NotDismissed { objection: u32 },
    Final { objection: u32 },
}

/// All objections to one thing; the first has number 1.
#[derive(Debug, Clone, Default)]
pub(crate) struct Objections(Vec<Objection>);

/// The most objections that may wait for an answer at a time; more are filed only by mistake or ill will.
const OPEN_AT_ONCE: usize = 200;

impl Objections {
    pub fn get(&self, number: u32) -> Result<&Objection, Fault> {
        let index = (number as usize).checked_sub(1);
        let found = index.and_then(|index| self.0.get(index));
        found.ok_or(Fault::Unknown { objection: number })
    }

    pub fn open(&self) -> impl Iterator<Item = (u32, &Objection)> {
        (1..).zip(&self.0).filter(|(_, one)| matches!(one.answer, Answer::Awaited { .. }))
    }

    /// Refused while an objection is open.
    pub fn none_open(&self) -> Result<(), Fault> {
        self.open().next().map_or(Ok(()), |(objection, _)| Err(Fault::Open { objection }))
    }

    /// The first objection whose objector may still take a dismissal further on a day, and until when.
    pub fn may_go_up(&self, today: Date) -> Option<(u32, Date)> {
        let mut waiting = (1..).zip(&self.0).filter_map(|(n, one)| Some((n, one.escalate_until?)));
        waiting.find(|(_, until)| today <= *until)
    }

    /// Whether one was upheld.
    pub fn any_upheld(&self) -> bool {
        self.0.iter().any(|one| one.answer == Answer::Given(Verdict::Upheld))
    }

    /// The number of the next objection, and the last day for its answer.
    pub fn next(&self, given: &Given<'_>) -> Result<(u32, Date), Fault> {
        if self.open().count() >= OPEN_AT_ONCE {
            return Err(Fault::TooMany { limit: OPEN_AT_ONCE });
        }
        let number = u32::try_from(self.0.len()).map_or(u32::MAX, |last| last.saturating_add(1));
        Ok((number, answer_due(given)))
    }

    pub fn answer(
        &self,
        objection: u32,
        verdict: Verdict,
        answer: Text<500>,
        above: bool,
    ) -> Result<ObjectionAnswered, Fault> {
        let one = self.get(objection)?;
        one.awaited(objection)?;
        if one.desk == Desk::Above && !above {
            return Err(Fault::WithAbove { objection });
        }
        Ok(ObjectionAnswered { objection, verdict, answer, escalate_until: None })
    }

    /// States once that the days for an answer passed; an objection that waits for the own unit then goes up.
    pub fn miss_answer(
        &self,
        objection: u32,
        given: &Given<'_>,
    ) -> Result<Option<(ObjectionOverdue, Option<ObjectionEscalated>)>, Fault> {
        let one = self.get(objection)?;
        let (due, overdue) = one.awaited(objection)?;
        if given.today() <= due {
            return Err(Fault::InTime { objection, due });
        }
        if overdue {
            return Ok(None);
        }
        let goes_up = match one.desk {
            Desk::Own => Some(escalated(objection, Escalation::Overdue, given)),
            Desk::Above => None,
        };
        Ok(Some((ObjectionOverdue { objection, due }, goes_up)))
    }

    /// The objector does not accept that the own unit dismissed it.
    pub fn escalate(&self, objection: u32, given: &Given<'_>) -> Result<ObjectionEscalated, Fault> {
        let one = self.get(objection)?;
        match (one.answer, one.desk) {
            (Answer::Given(Verdict::Dismissed), Desk::Own) => {
                Ok(escalated(objection, Escalation::Unsatisfied, given))
            }
            (Answer::Given(Verdict::Dismissed), Desk::Above) => Err(Fault::Final { objection }),
            (Answer::Given(Verdict::Upheld) | Answer::Awaited { .. }, _) => {
                Err(Fault::NotDismissed { objection })
            }
        }
    }
}

impl Objection {
    /// Last day for the answer, and whether it is on record that it passed.
    fn awaited(&self, objection: u32) -> Result<(Date, bool), Fault> {
        match self.answer {
            Answer::Awaited { due, overdue } => Ok((due, overdue)),
            Answer::Given(_) => Err(Fault::Answered { objection }),
        }
    }
}

/// An objection that goes up today.
pub(crate) fn escalated(
    objection: u32,
    cause: Escalation,
    given: &Given<'_>,
) -> ObjectionEscalated {
    ObjectionEscalated { objection, cause, answer_due: answer_due(given) }
}

pub(crate) fn answer_due(given: &Given<'_>) -> Date {
    days_after(given.today(), *given.rulebook.rules.objection_answer_days)
}

impl Objections {
    pub fn filed(&mut self, objector: Option<Objector>, desk: Desk, due: Date) {
        let answer = Answer::Awaited { due, overdue: false };
        self.0.push(Objection { objector, desk, answer, escalate_until: None });
    }

    pub fn answered(&mut self, answered: &ObjectionAnswered) {
        self.change(answered.objection, |one| {
            one.answer = Answer::Given(answered.verdict);
            one.escalate_until = answered.escalate_until;
        });
    }

    pub fn overdue(&mut self, overdue: &ObjectionOverdue) {
        let answer = Answer::Awaited { due: overdue.due, overdue: true };
        self.change(overdue.objection, |one| one.answer = answer);
    }

    pub fn escalated(&mut self, escalated: &ObjectionEscalated) {
        let answer = Answer::Awaited { due: escalated.answer_due, overdue: false };
        self.change(escalated.objection, |one| {
            (one.desk, one.answer, one.escalate_until) = (Desk::Above, answer, None);
        });
    }

    fn change(&mut self, number: u32, change: impl FnOnce(&mut Objection)) {
        let index = (number as usize).wrapping_sub(1);
        if let Some(objection) = self.0.get_mut(index) {
            change(objection);
        }
    }
}
