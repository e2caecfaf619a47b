//! 公示: what is decided stands open to objections before it takes effect.

mod events;
#[cfg(test)]
mod tests;

pub use events::{
    Closed, Event, ObjectionAnswered, ObjectionFiled, Published, Subject, Verdict, Withdrawn,
};

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::time::days_after;
use crate::{Aggregate, Given, Text, UnitCode};

/// A notice as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Notice {
    published: Option<Box<Published>>,
    /// Objections, and how each was decided.
    objections: BTreeMap<u32, Option<Verdict>>,
    ended: bool,
}

/// What may be asked of a notice.
#[derive(Debug, Clone)]
pub enum Command {
    /// 发布公示; the period is the rulebook's.
    Publish {
        /// What it is about.
        subject: Subject,
        /// The unit that publishes it.
        unit: Option<UnitCode>,
        /// 标题.
        title: Text<80>,
        /// 正文.
        text: Text<2000>,
    },
    /// 提出异议.
    FileObjection {
        /// What is objected.
        ground: Text<500>,
    },
    /// 答复异议.
    AnswerObjection {
        /// Which.
        objection: u32,
        /// How it is decided.
        verdict: Verdict,
        /// The answer.
        answer: Text<500>,
    },
    /// 公示期满.
    Close,
    /// 撤回公示.
    Withdraw {
        /// Why.
        reason: Text<200>,
    },
}

refusals! {
    /// Why a notice's command is refused.
    pub enum Rejection {
        Unpublished {} "notice.unpublished" absent at "notice" =>
            "没有该编号的公示。", "There is no notice with this id.";
        AlreadyPublished {} "notice.already_published" at "notice" =>
            "该公示已发布。", "The notice is published already.";
        UnknownUnit { unit: UnitCode } "notice.unknown_unit" absent at "unit" =>
            "单位代码{unit}不存在。", "There is no unit {unit}.";
        Ended {} "notice.ended" at "notice" =>
            "公示已结束或撤回。", "The notice has ended or was withdrawn.";
        PeriodOver { closes_on: Date } "notice.period_over" at "ground" =>
            "异议应在公示期内({closes_on}及以前)提出。",
            "Objections are filed within the period, until {closes_on}.";
        TooEarly { closes_on: Date } "notice.too_early" at "notice" =>
            "公示期到{closes_on}止,不得提前结束。",
            "The notice stands until the end of {closes_on}; it cannot close early.";
        OpenObjection { objection: u32 } "notice.open_objection" at "notice" =>
            "第{objection}号异议尚未答复;请先答复。",
            "Objection {objection} is open; answer it first.";
        UnknownObjection { objection: u32 } "notice.unknown_objection" absent at "objection" =>
            "没有第{objection}号异议。", "There is no objection {objection}.";
        AlreadyAnswered { objection: u32 } "notice.already_answered" at "objection" =>
            "第{objection}号异议已答复。", "Objection {objection} was answered already.";
    }
}

impl Notice {
    fn open(&self) -> Result<&Published, Rejection> {
        let published = self.published.as_deref().ok_or(Rejection::Unpublished {})?;
        if self.ended { Err(Rejection::Ended {}) } else { Ok(published) }
    }

    fn publish(
        &self,
        subject: Subject,
        unit: Option<UnitCode>,
        title: Text<80>,
        text: Text<2000>,
        given: &Given<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        if self.published.is_some() {
            return Err(Rejection::AlreadyPublished {});
        }
        if let Some(unit) = unit.as_ref().filter(|unit| given.units.get(unit).is_none()) {
            return Err(Rejection::UnknownUnit { unit: unit.clone() });
        }
        let opens_on = given.today();
        let closes_on = days_after(opens_on, *given.rulebook.rules.notice_days);
        let published = Published { subject, unit, title, text, opens_on, closes_on };
        Ok(vec![Event::Published(Box::new(published))])
    }

    fn object(&self, ground: Text<500>, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let closes_on = self.open()?.closes_on;
        if given.today() > closes_on {
            return Err(Rejection::PeriodOver { closes_on });
        }
        let objection = self.objections.last_key_value().map_or(0, |(&last, _)| last) + 1;
        let answer_due = days_after(given.today(), *given.rulebook.rules.objection_answer_days);
        Ok(vec![Event::ObjectionFiled(ObjectionFiled { objection, ground, answer_due })])
    }

    fn answer(
        &self,
        objection: u32,
        verdict: Verdict,
        answer: Text<500>,
    ) -> Result<Vec<Event>, Rejection> {
        self.open()?;
        match self.objections.get(&objection) {
            None => Err(Rejection::UnknownObjection { objection }),
            Some(Some(_)) => Err(Rejection::AlreadyAnswered { objection }),
            Some(None) => {
                let answered = ObjectionAnswered { objection, verdict, answer };
                Ok(vec![Event::ObjectionAnswered(answered)])
            }
        }
    }

    fn close(&self, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let published = self.open()?;
        if given.today() <= published.closes_on {
            return Err(Rejection::TooEarly { closes_on: published.closes_on });
        }
        if let Some((&objection, _)) = self.objections.iter().find(|(_, verdict)| verdict.is_none())
        {
            return Err(Rejection::OpenObjection { objection });
        }
        let upheld = self.objections.values().any(|&verdict| verdict == Some(Verdict::Upheld));
        Ok(vec![Event::Closed(Closed { subject: published.subject.clone(), upheld })])
    }
}

impl Aggregate for Notice {
    const CATEGORY: &'static str = "notice";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match command {
            Command::Publish { subject, unit, title, text } => {
                self.publish(subject, unit, title, text, given)
            }
            Command::FileObjection { ground } => self.object(ground, given),
            Command::AnswerObjection { objection, verdict, answer } => {
                self.answer(objection, verdict, answer)
            }
            Command::Close => self.close(given),
            Command::Withdraw { reason } => {
                self.open()?;
                Ok(vec![Event::Withdrawn(Withdrawn { reason })])
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Published(published) => self.published = Some(published.clone()),
            Event::ObjectionFiled(filed) => {
                self.objections.insert(filed.objection, None);
            }
            Event::ObjectionAnswered(answered) => {
                self.objections.insert(answered.objection, Some(answered.verdict));
            }
            Event::Closed(_) | Event::Withdrawn(_) => self.ended = true,
        }
    }
}
