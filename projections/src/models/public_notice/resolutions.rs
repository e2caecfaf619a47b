//! Resolutions on the board: one notice a period, one a completion.

use domain::notice::Verdict;
use domain::privacy::mask_text;
use domain::resolution::{self, ObjectionFiled};
use domain::{NoticeId, ResolutionId};
use jiff::Timestamp;

use super::paper::{Paper, answer, end, escalate, publish};
use super::rows::{Notice, Objection, Resolution, Status, SubjectKind};
use crate::Rows;

pub(super) fn on_resolution(
    rows: &mut Rows<'_>,
    at: Timestamp,
    id: ResolutionId,
    event: &resolution::Event,
) {
    use resolution::Event;
    match event {
        Event::Adopted(adopted) => rows.put(Resolution {
            resolution: id,
            station: adopted.station.clone(),
            title: mask_text(adopted.title.as_str()),
            text: mask_text(adopted.text.as_str()),
            periods: 0,
            completions: 0,
        }),
        Event::Publicised(publicised) => publicise(rows, at, id, publicised),
        Event::ObjectionFiled(filed) => file(rows, at, id, filed),
        Event::ObjectionAnswered(answered) => {
            if let Some(key) = find(rows, id, answered.objection) {
                answer(rows, at, &key, answered.verdict);
            }
            if answered.verdict == Verdict::Upheld {
                end_completion(rows, at, id);
            }
        }
        Event::ObjectionOverdue(overdue) => {
            if let Some(key) = find(rows, id, overdue.objection) {
                rows.update::<Objection, _>(&key, |one| one.overdue_since = Some(overdue.due));
            }
        }
        Event::ObjectionEscalated(escalated) => {
            if let Some(key) = find(rows, id, escalated.objection) {
                escalate(rows, at, &key, escalated);
            }
        }
        Event::Corrected(corrected) => {
            end_period(rows, at, id, Status::Upheld);
            rows.update::<Resolution, _>(&id, |resolution| {
                resolution.text = mask_text(corrected.text.as_str());
            });
        }
        Event::Withdrawn(_) => end_period(rows, at, id, Status::Withdrawn),
        Event::NoticeClosed(_) => end_period(rows, at, id, Status::Closed),
        Event::CompletionPublicised(done) => publicise_completion(rows, at, id, done),
        Event::Reopened(_) => end_completion(rows, at, id),
        Event::BackfillRequested(_)
        | Event::BackfillApproved(_)
        | Event::BackfillRefused(_)
        | Event::Assigned(_)
        | Event::Progressed(_)
        | Event::Extended(_)
        | Event::ExecutionOverdue(_)
        | Event::CompletionClaimed(_)
        | Event::CompletionReturned(_)
        | Event::CompletionVerified(_)
        | Event::BranchInformed(_)
        | Event::MeetingInformed(_) => {}
    }
}

fn publicise(
    rows: &mut Rows<'_>,
    at: Timestamp,
    id: ResolutionId,
    publicised: &resolution::Publicised,
) {
    let period = publicised.period;
    let known = rows.update::<Resolution, _>(&id, |resolution| {
        resolution.periods = period;
        resolution.clone()
    });
    let Some(known) = known else { return };
    let paper = Paper {
        id: NoticeId::resolution(id, period),
        subject: SubjectKind::Resolution,
        unit: Some(known.station),
        title: known.title,
        text: known.text,
        days: (publicised.opens_on, publicised.closes_on),
    };
    let notice = publish(rows, at, paper);
    let backfilled = publicised.backfilled;
    rows.put(Notice { resolution: Some(id), period: Some(period), backfilled, ..notice });
}

fn publicise_completion(
    rows: &mut Rows<'_>,
    at: Timestamp,
    id: ResolutionId,
    done: &resolution::CompletionPublicised,
) {
    let known = rows.update::<Resolution, _>(&id, |resolution| {
        resolution.completions += 1;
        resolution.clone()
    });
    let Some(known) = known else { return };
    let paper = Paper {
        id: NoticeId::completion(id, known.completions),
        subject: SubjectKind::Completion,
        unit: Some(known.station),
        title: known.title,
        text: mask_text(done.result.as_str()),
        days: (done.opens_on, done.closes_on),
    };
    let notice = publish(rows, at, paper);
    rows.put(Notice { resolution: Some(id), status: Status::Posted, ..notice });
}

/// An objection stands on the notice of the latest period, be it over or not.
fn file(rows: &mut Rows<'_>, at: Timestamp, id: ResolutionId, filed: &ObjectionFiled) {
    let Some(period) = rows.get::<Resolution>(&id).map(|resolution| resolution.periods) else {
        return;
    };
    let notice = NoticeId::resolution(id, period);
    rows.update::<Notice, _>(&notice, |notice| notice.objections_open += 1);
    let objection = Objection::filed(notice, filed.objection, at, filed.answer_due);
    rows.put(Objection { resolution: Some(id), late: filed.late, ..objection });
}

/// Where an objection stands: nearly always on the notice of the latest period.
fn find(rows: &mut Rows<'_>, id: ResolutionId, objection: u32) -> Option<(NoticeId, u32)> {
    let periods = rows.get::<Resolution>(&id)?.periods;
    let mut keys = (1..=periods).rev().map(|period| (NoticeId::resolution(id, period), objection));
    keys.find(|key| rows.get::<Objection>(key).is_some())
}

fn end_period(rows: &mut Rows<'_>, at: Timestamp, id: ResolutionId, status: Status) {
    if let Some(period) = rows.get::<Resolution>(&id).map(|resolution| resolution.periods) {
        end(rows, at, &NoticeId::resolution(id, period), status);
    }
}

/// What the board said was done is not, or is no longer what was decided.
fn end_completion(rows: &mut Rows<'_>, at: Timestamp, id: ResolutionId) {
    let completions = rows.get::<Resolution>(&id).map_or(0, |resolution| resolution.completions);
    if completions > 0 {
        end(rows, at, &NoticeId::completion(id, completions), Status::Withdrawn);
    }
}
