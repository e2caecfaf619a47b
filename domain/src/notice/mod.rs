//! 公示: what is decided stands open to objections before it takes effect.
//!
//! Objections go to the unit that publishes; one that it leaves without an answer, or dismisses and the objector does not
//! accept, goes up ([`crate::objection`]): a notice waits for that after the answer as long as an answer may take. The county's own notices are answered by the county alone.

mod events;
mod rejection;
#[cfg(test)]
mod tests;

pub use crate::objection::{ObjectionAnswered, ObjectionEscalated, ObjectionOverdue, Objector};
pub use events::{Closed, Event, ObjectionFiled, Posted, Published, Subject, Verdict, Withdrawn};
pub use rejection::Rejection;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::objection::{Desk, Objections, answer_due};
use crate::service::Recorder;
use crate::time::days_after;
use crate::{Aggregate, Evidence, Given, PersonId, Role, Text, UnitCode};

/// A notice as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Notice {
    published: Option<Box<Published>>,
    objections: Objections,
    /// The accounts that objected.
    filed_by: BTreeMap<u32, Recorder>,
    ended: bool,
}

/// What may be asked of a notice.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub enum Command {
    /// 发布公示; the period is the rulebook's.
    Publish { subject: Subject, unit: Option<UnitCode>, title: Text<80>, text: Text<2000> },
    /// 提出异议.
    FileObjection { ground: Text<500>, objector: Option<Objector> },
    /// 答复异议; `above`: whether a unit above the one that publishes answers.
    AnswerObjection { objection: u32, verdict: Verdict, answer: Text<500>, above: bool },
    /// 异议答复逾期: the last day passed.
    MissAnswer { objection: u32 },
    /// 异议上报: the objector does not accept the answer.
    EscalateObjection { objection: u32 },
    /// 张贴公示.
    Post { unit: UnitCode, board: Text<80>, posted_on: Date, evidence: Vec<Evidence> },
    /// 公示期满.
    Close,
    /// 撤回公示.
    Withdraw { reason: Text<200> },
}

impl Notice {
    /// The unit that publishes it.
    ///
    /// # Errors
    /// When there is no such notice.
    pub fn unit(&self) -> Result<Option<&UnitCode>, Rejection> {
        Ok(self.published()?.unit.as_ref())
    }

    /// Who objected without an account; none who stayed unknown.
    ///
    /// # Errors
    /// When there is no such objection.
    pub fn objector(&self, objection: u32) -> Result<Option<PersonId>, Rejection> {
        Ok(self.objections.get(objection)?.objector.map(|objector| objector.person))
    }

    fn published(&self) -> Result<&Published, Rejection> {
        self.published.as_deref().ok_or(Rejection::Unpublished {})
    }

    fn open(&self) -> Result<&Published, Rejection> {
        let published = self.published()?;
        if self.ended { Err(Rejection::Ended {}) } else { Ok(published) }
    }

    fn publish(
        &self,
        subject: Subject,
        unit: Option<UnitCode>,
        title: Text<80>,
        text: Text<2000>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        if self.published.is_some() {
            return Err(Rejection::AlreadyPublished {});
        }
        if let Some(unit) = unit.as_ref().filter(|unit| given.units.get(unit).is_none()) {
            return Err(Rejection::UnknownUnit { unit: unit.clone() });
        }
        let opens_on = given.today();
        let closes_on = days_after(opens_on, *given.rulebook.rules.notice_days);
        let by = (given.actor.role != Role::System).then(|| Recorder::of(given.actor));
        let published = Published { subject, unit, title, text, opens_on, closes_on, by };
        Ok(Event::Published(Box::new(published)))
    }

    fn object(
        &self,
        ground: Text<500>,
        objector: Option<Objector>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let closes_on = self.open()?.closes_on;
        if given.today() > closes_on {
            return Err(Rejection::PeriodOver { closes_on });
        }
        let (objection, answer_due) = self.objections.next(given)?;
        let by = (given.actor.role != Role::Resident).then(|| Recorder::of(given.actor));
        Ok(Event::ObjectionFiled(ObjectionFiled { objection, ground, answer_due, objector, by }))
    }

    /// Nobody answers an objection that they filed from an account, nor dismisses one to their own star or notice. Who a
    /// resident is that objects without an account, only the vault knows.
    fn answer(
        &self,
        objection: u32,
        verdict: Verdict,
        answer: Text<500>,
        above: bool,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let published = self.open()?;
        let answered = self.objections.answer(objection, verdict, answer, above)?;
        let (actor, is_me) = (given.actor, |who: &Recorder| who.is(given.actor));
        let objected = self.filed_by.get(&objection).is_some_and(is_me);
        let decided =
            published.subject.concerns(actor.person) || published.by.as_ref().is_some_and(is_me);
        if objected || verdict == Verdict::Dismissed && decided {
            return Err(Rejection::OwnObjection { objection });
        }
        let dismissed = verdict == Verdict::Dismissed;
        let goes_up = dismissed && self.objections.get(objection)?.desk == Desk::Own;
        let escalate_until = goes_up.then(|| answer_due(given));
        Ok(Event::ObjectionAnswered(ObjectionAnswered { escalate_until, ..answered }))
    }

    fn miss_answer(&self, objection: u32, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        self.open()?;
        let missed = self.objections.miss_answer(objection, given)?;
        Ok(missed.map_or_else(Vec::new, |(overdue, goes_up)| {
            let overdue = Event::ObjectionOverdue(overdue);
            [overdue].into_iter().chain(goes_up.map(Event::ObjectionEscalated)).collect()
        }))
    }

    /// Also after the notice ended: photographs come later.
    fn post(
        &self,
        unit: UnitCode,
        board: Text<80>,
        posted_on: Date,
        evidence: Vec<Evidence>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let (first, last) = (self.published()?.opens_on, given.today());
        if given.units.get(&unit).is_none() {
            return Err(Rejection::UnknownUnit { unit });
        }
        if !(first..=last).contains(&posted_on) {
            return Err(Rejection::PostedOn { first, last });
        }
        if evidence.is_empty() {
            return Err(Rejection::NoEvidence {});
        }
        Evidence::check(&evidence)?;
        Ok(Event::Posted(Posted { unit, board, posted_on, evidence }))
    }

    fn close(&self, given: &Given<'_>) -> Result<Event, Rejection> {
        let published = self.open()?;
        if given.today() <= published.closes_on {
            return Err(Rejection::TooEarly { closes_on: published.closes_on });
        }
        self.objections.none_open()?;
        if let Some((objection, until)) = self.objections.may_go_up(given.today()) {
            return Err(Rejection::MayGoUp { objection, until });
        }
        let upheld = self.objections.any_upheld();
        Ok(Event::Closed(Closed { subject: published.subject.clone(), upheld }))
    }

    /// A star's proposal ends with its notice: only what ends the proposal withdraws that.
    fn withdraw(&self, reason: Text<200>, given: &Given<'_>) -> Result<Event, Rejection> {
        let published = self.open()?;
        match published.subject {
            Subject::StarChange { .. } if given.actor.role != Role::System => {
                Err(Rejection::StarFollows {})
            }
            Subject::StarChange { .. } | Subject::General => {
                Ok(Event::Withdrawn(Withdrawn { reason }))
            }
        }
    }

    /// Who answers first: the unit that publishes, or the county where it is the county's own notice.
    fn desk(&self) -> Desk {
        let of_a_unit = self.published.as_ref().is_some_and(|published| published.unit.is_some());
        if of_a_unit { Desk::Own } else { Desk::Above }
    }
}

impl Aggregate for Notice {
    const CATEGORY: &'static str = "notice";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let event = match command {
            Command::Publish { subject, unit, title, text } => {
                self.publish(subject, unit, title, text, given)?
            }
            Command::FileObjection { ground, objector } => self.object(ground, objector, given)?,
            Command::AnswerObjection { objection, verdict, answer, above } => {
                self.answer(objection, verdict, answer, above, given)?
            }
            Command::MissAnswer { objection } => return self.miss_answer(objection, given),
            Command::EscalateObjection { objection } => {
                self.open()?;
                Event::ObjectionEscalated(self.objections.escalate(objection, given)?)
            }
            Command::Post { unit, board, posted_on, evidence } => {
                self.post(unit, board, posted_on, evidence, given)?
            }
            Command::Close => self.close(given)?,
            Command::Withdraw { reason } => self.withdraw(reason, given)?,
        };
        Ok(vec![event])
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Published(published) => self.published = Some(published.clone()),
            Event::ObjectionFiled(filed) => {
                let desk = self.desk();
                self.objections.filed(filed.objector, desk, filed.answer_due);
                if let Some(by) = &filed.by {
                    self.filed_by.insert(filed.objection, by.clone());
                }
            }
            Event::ObjectionAnswered(answered) => self.objections.answered(answered),
            Event::ObjectionOverdue(overdue) => self.objections.overdue(overdue),
            Event::ObjectionEscalated(escalated) => self.objections.escalated(escalated),
            Event::Posted(_) => {}
            Event::Closed(_) | Event::Withdrawn(_) => self.ended = true,
        }
    }
}
