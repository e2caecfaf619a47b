use domain::{NoticeId, ResolutionId, notice, privacy::mask_text, resolution};
use jiff::Timestamp;

use super::PublicNotice;
use super::paper::{Paper, answer, end, escalate, publish};
use super::resolutions;
use super::rows::{Notice, Objection, ObjectionText, Posting, Status, SubjectKind};
use crate::{Fact, Fold, Rows, reads};

impl Fold<Rows<'_>> for PublicNotice {
    reads! { Rows<'_>: notice, resolution }

    fn notice(fact: &Fact, notice: &NoticeId, event: &notice::Event, rows: &mut Rows<'_>) {
        on_notice(rows, fact, notice, event);
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

fn on_notice(rows: &mut Rows<'_>, fact: &Fact, id: &NoticeId, event: &notice::Event) {
    use notice::Event;
    let at = fact.recorded_at;
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
            rows.update::<Objection, _>(&key, |one| one.escalate_until = answered.escalate_until);
        }
        Event::ObjectionOverdue(overdue) => {
            let key = (id.clone(), overdue.objection);
            rows.update::<Objection, _>(&key, |one| one.overdue_since = Some(overdue.due));
        }
        Event::ObjectionEscalated(escalated) => {
            escalate(rows, at, &(id.clone(), escalated.objection), escalated);
        }
        Event::Posted(posted) => post(rows, fact, id, posted),
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

fn post(rows: &mut Rows<'_>, fact: &Fact, id: &NoticeId, posted: &notice::Posted) {
    for (n, photograph) in (1..).zip(&posted.evidence) {
        rows.append(Posting {
            notice: id.clone(),
            version: fact.version.0,
            n,
            unit: posted.unit.clone(),
            board: mask_text(posted.board.as_str()),
            posted_on: posted.posted_on,
            digest: photograph.digest,
        });
    }
}
