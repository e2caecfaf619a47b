//! What every notice on the board goes through, whoever put it up.

use domain::objection::ObjectionEscalated;
use domain::{NoticeId, UnitCode, notice};
use jiff::Timestamp;
use jiff::civil::Date;

use super::rows::{Notice, Objection, Status, SubjectKind, Year};
use crate::Rows;

/// What is put up on the board.
pub(super) struct Paper {
    pub id: NoticeId,
    pub subject: SubjectKind,
    pub unit: Option<UnitCode>,
    pub title: String,
    pub text: String,
    /// First and last day.
    pub days: (Date, Date),
}

/// The notice under the next number of its year.
pub(super) fn publish(rows: &mut Rows<'_>, published_at: Timestamp, paper: Paper) -> Notice {
    let (opens_on, closes_on) = paper.days;
    let year = opens_on.year();
    let serial = rows.get::<Year>(&year).map_or(0, |year| year.notices) + 1;
    rows.put(Year { year, notices: serial });
    Notice {
        notice: paper.id,
        number: format!("公示〔{year}〕第{serial}号"),
        year,
        serial,
        subject: paper.subject,
        volunteer: None,
        proposal: None,
        resolution: None,
        period: None,
        unit: paper.unit,
        title: paper.title,
        text: paper.text,
        opens_on,
        closes_on,
        objections_open: 0,
        objections_answered: 0,
        objections_upheld: 0,
        backfilled: false,
        status: Status::Open,
        published_at,
        ended_at: None,
    }
}

impl Objection {
    pub(super) fn filed(
        notice: NoticeId,
        objection: u32,
        filed_at: Timestamp,
        answer_due: Date,
    ) -> Self {
        Self {
            notice,
            objection,
            resolution: None,
            filed_at,
            late: false,
            answer_due,
            answered_at: None,
            verdict: None,
            overdue_since: None,
            escalated_at: None,
            escalation: None,
            escalate_until: None,
        }
    }
}

pub(super) fn answer(
    rows: &mut Rows<'_>,
    at: Timestamp,
    key: &(NoticeId, u32),
    verdict: notice::Verdict,
) {
    rows.update::<Objection, _>(key, |objection| {
        objection.answered_at = Some(at);
        objection.verdict = Some(verdict);
    });
    let upheld = i64::from(verdict == notice::Verdict::Upheld);
    rows.update::<Notice, _>(&key.0, |notice| {
        notice.objections_open -= 1;
        notice.objections_answered += 1;
        notice.objections_upheld += upheld;
    });
}

/// Whoever does not accept an answer has none yet: the objection is open again.
pub(super) fn escalate(
    rows: &mut Rows<'_>,
    at: Timestamp,
    key: &(NoticeId, u32),
    escalated: &ObjectionEscalated,
) {
    let undone = rows.update::<Objection, _>(key, |objection| {
        objection.answer_due = escalated.answer_due;
        objection.escalate_until = None;
        objection.escalated_at = Some(at);
        objection.escalation = Some(escalated.cause);
        objection.answered_at = None;
        objection.verdict.take()
    });
    if let Some(verdict) = undone.flatten() {
        rows.update::<Notice, _>(&key.0, |notice| {
            notice.objections_open += 1;
            notice.objections_answered -= 1;
            notice.objections_upheld -= i64::from(verdict == notice::Verdict::Upheld);
        });
    }
}

pub(super) fn end(rows: &mut Rows<'_>, at: Timestamp, id: &NoticeId, status: Status) {
    rows.update::<Notice, _>(id, |notice| {
        notice.status = status;
        notice.ended_at.get_or_insert(at);
    });
}
