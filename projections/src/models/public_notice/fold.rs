use domain::{NoticeId, ResolutionId, UnitCode, notice, privacy::mask_text, resolution};
use jiff::Timestamp;
use jiff::civil::Date;

use super::PublicNotice;
use super::resolutions;
use super::rows::{Notice, Objection, ObjectionText, Status, SubjectKind, Year};
use crate::{Fact, Fold, Rows, reads};

impl Fold<Rows<'_>> for PublicNotice {
    reads! { Rows<'_>: notice, resolution }

    fn notice(fact: &Fact, notice: &NoticeId, event: &notice::Event, rows: &mut Rows<'_>) {
        on_notice(rows, fact.recorded_at, notice, event);
    }

    fn resolution(
        fact: &Fact,
        resolution: &ResolutionId,
        event: &resolution::Event,
        rows: &mut Rows<'_>,
    ) {
        resolutions::on_resolution(rows, fact.recorded_at, *resolution, event);
    }
}

fn on_notice(rows: &mut Rows<'_>, at: Timestamp, id: &NoticeId, event: &notice::Event) {
    use notice::Event;
    match event {
        Event::Published(published) => publish_notice(rows, at, id, published),
        Event::ObjectionFiled(filed) => {
            let (notice, objection) = (id.clone(), filed.objection);
            let ground = filed.ground.to_string();
            rows.put(ObjectionText { notice: notice.clone(), objection, ground, answer: None });
            rows.put(Objection::filed(notice, objection, at, filed.answer_due));
            rows.update::<Notice, _>(id, |notice| notice.objections_open += 1);
        }
        Event::ObjectionAnswered(answered) => {
            let key = (id.clone(), answered.objection);
            rows.update::<ObjectionText, _>(&key, |text| {
                text.answer = Some(answered.answer.to_string());
            });
            answer(rows, at, &key, answered.verdict);
        }
        Event::Closed(closed) => {
            let status = if closed.upheld { Status::Upheld } else { Status::Closed };
            end(rows, at, id, status);
        }
        Event::Withdrawn(_) => end(rows, at, id, Status::Withdrawn),
    }
}

fn publish_notice(
    rows: &mut Rows<'_>,
    at: Timestamp,
    id: &NoticeId,
    published: &notice::Published,
) {
    let (subject, volunteer, proposal) = match &published.subject {
        notice::Subject::StarChange { volunteer, proposal } => {
            (SubjectKind::StarChange, Some(*volunteer), Some(*proposal))
        }
        notice::Subject::General => (SubjectKind::General, None, None),
    };
    let paper = Paper {
        id: id.clone(),
        subject,
        unit: published.unit.clone(),
        title: mask_text(published.title.as_str()),
        text: mask_text(published.text.as_str()),
        days: (published.opens_on, published.closes_on),
    };
    let notice = Notice { volunteer, proposal, ..publish(rows, at, paper) };
    rows.put(notice);
}

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

pub(super) fn end(rows: &mut Rows<'_>, at: Timestamp, id: &NoticeId, status: Status) {
    rows.update::<Notice, _>(id, |notice| {
        notice.status = status;
        notice.ended_at.get_or_insert(at);
    });
}
