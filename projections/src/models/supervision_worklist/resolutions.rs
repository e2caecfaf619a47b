//! Resolutions: one thing at a time, and any number of objections beside it.

use domain::ResolutionId;
use domain::notice::Verdict;
use domain::privacy::mask_text;
use domain::resolution;
use jiff::civil::Date;

use super::rows::{Executing, Kind, Resolution, Task};
use super::waiting::{Waits, begin, finish, key, step_due};
use crate::{Fact, Rows};

pub(super) fn on_resolution(
    rows: &mut Rows<'_>,
    fact: &Fact,
    id: ResolutionId,
    event: &resolution::Event,
) {
    use resolution::Event;
    match event {
        Event::Adopted(adopted) => {
            let (station, title) = (adopted.station.clone(), mask_text(adopted.title.as_str()));
            rows.put(Resolution {
                resolution: id,
                station,
                title,
                executor: None,
                waiting: None,
                objections: 0,
                supervisors_changed_on: None,
            });
            turn_to(rows, fact, id, Kind::PubliciseResolution);
        }
        Event::Publicised(_) | Event::CompletionPublicised(_) => turn(rows, fact, id, None),
        Event::ObjectionFiled(filed) => {
            rows.update::<Resolution, _>(&id, |resolution| resolution.objections += 1);
            object(rows, fact, id, Kind::AnswerObjection, filed.objection, filed.answer_due);
        }
        Event::ObjectionEscalated(escalated) => {
            let (number, due) = (escalated.objection, escalated.answer_due);
            answer(rows, fact, number);
            object(rows, fact, id, Kind::AnswerEscalated, number, due);
        }
        Event::ObjectionAnswered(answered) => {
            answer(rows, fact, answered.objection);
            match answered.verdict {
                Verdict::Upheld => correct(rows, fact, id),
                Verdict::Dismissed => {}
            }
        }
        Event::Withdrawn(_) => withdraw(rows, fact, id),
        Event::NoticeClosed(_) | Event::Reopened(_) => {
            turn_to(rows, fact, id, Kind::AssignExecutor);
        }
        Event::Assigned(assigned) => {
            rows.update::<Resolution, _>(&id, |resolution| {
                resolution.executor = Some(assigned.executor);
                if !resolution.waiting.is_some_and(Kind::is_execution) {
                    resolution.supervisors_changed_on = None;
                }
            });
            execute(rows, fact, id, assigned.due);
        }
        Event::Extended(extended) => {
            rows.update::<Task, _>(&key(fact, Kind::Execute, 0), |task| {
                task.due = Some(extended.to);
            });
        }
        Event::CompletionClaimed(_) => turn_to(rows, fact, id, Kind::VerifyCompletion),
        Event::CompletionReturned(returned) => execute(rows, fact, id, returned.due),
        Event::CompletionVerified(_) => turn_to(rows, fact, id, Kind::InformBranch),
        Event::BranchInformed(_) => branch(rows, fact, id),
        Event::MeetingInformed(_) => turn_to(rows, fact, id, Kind::PubliciseCompletion),
        Event::BackfillRequested(_)
        | Event::BackfillApproved(_)
        | Event::BackfillRefused(_)
        | Event::ObjectionOverdue(_)
        | Event::Corrected(_)
        | Event::Progressed(_)
        | Event::ExecutionOverdue(_) => {}
    }
}

/// What the branch learns before the verification ends no wait.
fn branch(rows: &mut Rows<'_>, fact: &Fact, id: ResolutionId) {
    let waiting = rows.get::<Resolution>(&id).and_then(|resolution| resolution.waiting);
    if waiting == Some(Kind::InformBranch) {
        turn(rows, fact, id, Some(Waits::since(fact, Kind::InformMeeting, None)));
    }
}

fn turn_to(rows: &mut Rows<'_>, fact: &Fact, id: ResolutionId, kind: Kind) {
    let due = step_due(rows, fact);
    turn(rows, fact, id, Some(Waits::since(fact, kind, Some(due))));
}

fn execute(rows: &mut Rows<'_>, fact: &Fact, id: ResolutionId, due: Date) {
    let executor = rows.get::<Resolution>(&id).and_then(|resolution| resolution.executor);
    turn(rows, fact, id, Some(Waits { executor, ..Waits::since(fact, Kind::Execute, Some(due)) }));
}

/// What waited so far does no longer; something else does.
fn turn(rows: &mut Rows<'_>, fact: &Fact, id: ResolutionId, next: Option<Waits>) {
    let kind = next.as_ref().map(|waits| waits.kind);
    let turned = rows.update::<Resolution, _>(&id, |resolution| {
        let before = std::mem::replace(&mut resolution.waiting, kind);
        (before, resolution.clone())
    });
    let Some((before, Resolution { station, title, supervisors_changed_on, .. })) = turned else {
        return;
    };
    finish(rows, fact, before.filter(|_| before != kind).as_slice());
    let key = (station.clone(), id);
    match [before, kind].map(|kind| kind.is_some_and(Kind::is_execution)) {
        [false, true] => rows.put(Executing { station: key.0, resolution: id }),
        [true, false] => rows.delete::<Executing>(&key),
        [true, true] | [false, false] => {}
    }
    if let Some(waits) = next {
        let changed = supervisors_changed_on.filter(|_| waits.kind.is_execution());
        begin(rows, fact, station, title, Waits { supervisors_changed_on: changed, ..waits });
    }
}

fn object(rows: &mut Rows<'_>, fact: &Fact, id: ResolutionId, kind: Kind, number: u32, due: Date) {
    if let Some(resolution) = rows.get::<Resolution>(&id) {
        let (station, title) = (resolution.station.clone(), resolution.title.clone());
        begin(rows, fact, station, title, Waits { number, ..Waits::since(fact, kind, Some(due)) });
    }
}

/// Whoever was to answer, does no longer.
fn answer(rows: &mut Rows<'_>, fact: &Fact, number: u32) {
    let village = key(fact, Kind::AnswerObjection, number);
    if rows.get::<Task>(&village).is_some() {
        rows.delete::<Task>(&village);
    } else {
        rows.delete::<Task>(&key(fact, Kind::AnswerEscalated, number));
    }
}

/// The first upheld objection says since when the correction waits.
fn correct(rows: &mut Rows<'_>, fact: &Fact, id: ResolutionId) {
    let waiting = rows.get::<Resolution>(&id).and_then(|resolution| resolution.waiting);
    if waiting != Some(Kind::CorrectResolution) {
        turn_to(rows, fact, id, Kind::CorrectResolution);
    }
}

/// With the resolution all its objections end.
fn withdraw(rows: &mut Rows<'_>, fact: &Fact, id: ResolutionId) {
    turn(rows, fact, id, None);
    let objections = rows.get::<Resolution>(&id).map_or(0, |resolution| resolution.objections);
    (1..=objections).for_each(|number| answer(rows, fact, number));
}
