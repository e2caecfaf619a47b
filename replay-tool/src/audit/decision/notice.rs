//! The periods in which a decision stands open to objections.

use domain::backfill::BackfillApproved;
use domain::notice::Verdict;
use domain::resolution::{BackfillRequested, NoticeClosed, ObjectionAnswered, Publicised, Stage};
use jiff::civil::Date;

use super::backfill::Backfill;
use super::{Around, Decision, Duty, Seen};
use crate::audit::duty::days_between;
use crate::audit::rules;

/// A period in which it stood open to objections.
pub struct Notice {
    /// 1 for the first.
    pub period: u32,
    /// First day.
    pub opens_on: Date,
    /// Last day.
    pub closes_on: Date,
    /// When it closed with no objection open.
    pub closed: Option<Date>,
    /// When it was closed, stopped by an upheld objection, or withdrawn.
    ended: Option<Date>,
}

impl Notice {
    /// For how many days it really stood, as of a day.
    fn stood(&self, today: Date) -> i32 {
        let last = self.ended.unwrap_or(today).min(self.closes_on).min(today);
        days_between(self.opens_on, last).max(0)
    }

    fn end(&mut self, on: Date) {
        self.ended.get_or_insert(on);
    }
}

impl Decision {
    pub(super) fn backfill_asked(&mut self, asked: &BackfillRequested) {
        self.backfill = Backfill::of(asked);
    }

    pub(super) fn backfill_approved(&mut self, approved: &BackfillApproved, seen: Seen<'_>) {
        let entered = self.backfill.asked.iter().map(|asked| &asked.paper.recorder);
        self.findings.extend(rules::approving_backfill(seen, approved, entered));
        self.backfill.approved = true;
    }

    /// For how many days it really stood open to objections, all periods together, as of a day.
    pub fn notice_days(&self, today: Date) -> i32 {
        self.earlier_days + self.notice.as_ref().map_or(0, |notice| notice.stood(today))
    }

    pub(super) fn publicised(&mut self, publicised: &Publicised, seen: Seen<'_>) {
        let Publicised { period, opens_on, closes_on, backfilled, .. } = *publicised;
        // A notice from paper counts from its day there.
        let first = self.backfill.opens_on(backfilled, seen.day);
        self.findings.extend(rules::publicising(seen, (first, opens_on), closes_on));
        if first.is_none() {
            self.findings.push(rules::unapproved(seen));
        }
        self.findings.extend(self.duties.done(Duty::Publicise, opens_on));
        self.earlier_days = self.notice_days(seen.day);
        self.notice = Some(Notice { period, opens_on, closes_on, closed: None, ended: None });
        self.stage = Some(Stage::Publicised);
        self.duties.owe(Duty::CloseNotice, seen.step_after(closes_on));
    }

    /// An upheld objection stops everything but the answers to others.
    pub(super) fn answered(&mut self, answered: &ObjectionAnswered, seen: Seen<'_>) {
        self.done(Duty::Answer(answered.objection), seen);
        match answered.verdict {
            Verdict::Upheld => {
                self.objections.upheld += 1;
                self.undo();
                if let Some(notice) = &mut self.notice {
                    notice.closed = None;
                    notice.end(seen.day);
                }
                self.stage = Some(Stage::AwaitingCorrection);
                let due = self.duties.due(Duty::Correct).unwrap_or_else(|| seen.step());
                self.duties.stop();
                self.duties.owe(Duty::Correct, due);
            }
            Verdict::Dismissed => {
                if !self.duties.has_open_objection() {
                    self.duties.resume(seen.step());
                }
            }
        }
    }

    pub(super) fn corrected(&mut self, seen: Seen<'_>) {
        self.done(Duty::Correct, seen);
        self.stage = Some(Stage::Adopted);
        self.duties.owe(Duty::Publicise, seen.step());
    }

    pub(super) fn withdrawn(&mut self, seen: Seen<'_>, around: Around<'_>) {
        self.findings.extend(rules::withdrawing(seen, self, around));
        self.done(Duty::Correct, seen);
        self.duties.end();
        if let Some(notice) = &mut self.notice {
            notice.end(seen.day);
        }
        self.stage = Some(Stage::Withdrawn);
    }

    pub(super) fn closed(&mut self, closed: &NoticeClosed, seen: Seen<'_>) {
        self.findings.extend(rules::closing(seen, self, closed));
        self.done(Duty::CloseNotice, seen);
        if let Some(notice) = &mut self.notice {
            notice.closed = Some(seen.day);
            notice.end(seen.day);
        }
        self.await_assignment(seen);
    }
}
