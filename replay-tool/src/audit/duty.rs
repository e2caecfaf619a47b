//! Steps that somebody has to take, each until a day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::finding::{Finding, Weight};
use crate::lang::Said;

/// A step of a decision's life that is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// 封存会议记录 that tell of it.
    SealMinutes,
    /// 公示.
    Publicise,
    /// 答复异议, by its number.
    Answer(u32),
    /// 修正或撤销 after an upheld objection.
    Correct,
    /// 公示期满结束公示.
    CloseNotice,
    /// 明确专人.
    Assign,
    /// 执行并报告完成.
    Execute,
    /// 核实或退回.
    Verify,
    /// 反馈党支部.
    InformBranch,
    /// 会议通报.
    InformMeeting,
    /// 完成情况公示.
    PubliciseCompletion,
}

impl Duty {
    /// The code of the finding that it was not done.
    pub fn code(self) -> &'static str {
        match self {
            Self::SealMinutes => "decision.not_sealed",
            Self::Publicise => "decision.not_publicised",
            Self::Answer(_) => "decision.objection_unanswered",
            Self::Correct => "decision.not_corrected",
            Self::CloseNotice => "decision.notice_not_closed",
            Self::Assign => "decision.not_assigned",
            Self::Execute => "decision.execution_overdue",
            Self::Verify => "decision.claim_unverified",
            Self::InformBranch => "decision.branch_not_informed",
            Self::InformMeeting => "decision.meeting_not_informed",
            Self::PubliciseCompletion => "decision.completion_not_publicised",
        }
    }

    /// What is to be done.
    pub fn said(self) -> Said {
        match self {
            Self::SealMinutes => Said::new("封存会议记录", "seal the minutes"),
            Self::Publicise => Said::new("公示", "publicise it"),
            Self::Answer(number) => {
                Said::new(format!("答复第{number}号异议"), format!("answer objection {number}"))
            }
            Self::Correct => Said::new(
                "按成立的异议修正或撤销",
                "correct or withdraw it after the upheld objection",
            ),
            Self::CloseNotice => Said::new("公示期满结束公示", "close the notice"),
            Self::Assign => Said::new("明确专人", "assign it to a named person"),
            Self::Execute => Said::new("执行并报告完成", "execute it and claim completion"),
            Self::Verify => Said::new("由监督小组核实或退回", "verify or return the claim"),
            Self::InformBranch => Said::new("反馈党支部", "inform the party branch"),
            Self::InformMeeting => Said::new("向下一次会议通报", "inform the next meeting"),
            Self::PubliciseCompletion => Said::new("公示完成情况", "publicise the completion"),
        }
    }

    /// Whether an open objection stands in its way.
    fn waits_for_answers(self) -> bool {
        match self {
            Self::CloseNotice | Self::Assign | Self::PubliciseCompletion => true,
            Self::SealMinutes
            | Self::Publicise
            | Self::Answer(_)
            | Self::Correct
            | Self::Execute
            | Self::Verify
            | Self::InformBranch
            | Self::InformMeeting => false,
        }
    }

    fn is_answer(self) -> bool {
        matches!(self, Self::Answer(_))
    }

    fn finding(self, weight: Weight, due: Date, said: Said) -> Finding {
        Finding { code: self.code(), weight, on: due, event: None, said }
    }
}

/// What is to be done about one decision, and until when.
#[derive(Default)]
pub struct Duties(BTreeMap<Duty, Date>);

impl Duties {
    /// It is to be done until a day.
    pub fn owe(&mut self, duty: Duty, due: Date) {
        self.0.insert(duty, due);
    }

    /// Moves the last day. Gives a finding where the new day is later and the old one had passed.
    pub fn put_off(&mut self, duty: Duty, to: Date, on: Date) -> Option<Finding> {
        let due = self.0.insert(duty, to).filter(|due| *due < on && *due < to)?;
        let (Said { zh, en }, days) = (duty.said(), days_between(due, on));
        let said = Said::new(
            format!("应于{due}前{zh},逾期{days}天后才另定期限{to}。"),
            format!(
                "Put off to {to} when it was {days} days overdue: it was due until {due} to {en}."
            ),
        );
        Some(duty.finding(Weight::Late, due, said))
    }

    /// Takes a step off the list because it was done. Gives a finding if that was late.
    pub fn done(&mut self, duty: Duty, on: Date) -> Option<Finding> {
        let due = self.0.remove(&duty).filter(|due| *due < on)?;
        let (Said { zh, en }, days) = (duty.said(), days_between(due, on));
        let said = Said::new(
            format!("应于{due}前{zh},{on}才办,迟{days}天。"),
            format!("Done on {on}, {days} days late: it was due until {due} to {en}."),
        );
        Some(duty.finding(Weight::Late, due, said))
    }

    /// The last day for it, if it is to be done.
    pub fn due(&self, duty: Duty) -> Option<Date> {
        self.0.get(&duty).copied()
    }

    /// Takes every step off the list but answers to objections.
    pub fn stop(&mut self) {
        self.0.retain(|duty, _| duty.is_answer());
    }

    /// Takes every step off the list.
    pub fn end(&mut self) {
        self.0.clear();
    }

    /// Whether an objection waits for its answer.
    pub fn has_open_objection(&self) -> bool {
        self.0.keys().any(|duty| duty.is_answer())
    }

    /// The last answer was given: steps that waited for it have until this day, unless theirs is later.
    pub fn resume(&mut self, due: Date) {
        let waiting = self.0.iter_mut().filter(|(duty, _)| duty.waits_for_answers());
        waiting.for_each(|(_, day)| *day = due.max(*day));
    }

    /// The steps that could be taken now, with their last days; without those that an open objection holds up.
    pub fn open(&self) -> impl Iterator<Item = (Duty, Date)> {
        let held_up = self.has_open_objection();
        let all = self.0.iter().map(|(duty, due)| (*duty, *due));
        all.filter(move |(duty, _)| !(held_up && duty.waits_for_answers()))
    }

    /// What was not done in time as of a day.
    pub fn missing(&self, today: Date) -> impl Iterator<Item = Finding> {
        self.open().filter(move |(_, due)| *due < today).map(move |(duty, due)| {
            let (Said { zh, en }, days) = (duty.said(), days_between(due, today));
            let said = Said::new(
                format!("应于{due}前{zh},至今未办,逾期{days}天。"),
                format!(
                    "Not done until today, {days} days overdue: it was due until {due} to {en}."
                ),
            );
            duty.finding(Weight::Missing, due, said)
        })
    }
}

/// Whole days from one day to a later one.
pub fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
