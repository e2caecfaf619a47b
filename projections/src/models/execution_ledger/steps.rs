//! The timeline: every event of a resolution is a step.

use domain::ResolutionId;
use domain::privacy::mask_text;
use domain::resolution::Event;
use jiff::civil::Date;

use super::rows::{Evidence, Step, StepKind};
use crate::{Fact, Rows};

pub(super) fn take_down(rows: &mut Rows<'_>, fact: &Fact, id: ResolutionId, event: &Event) {
    let line = Line::of(event);
    rows.append(Step {
        resolution: id,
        version: fact.version.0,
        kind: line.kind,
        at: fact.recorded_at,
        number: line.number,
        day: line.day,
        note: line.note.map(mask_text),
        evidence: u32::try_from(line.evidence.len()).unwrap_or(u32::MAX),
    });
    for (n, piece) in (1..).zip(line.evidence) {
        rows.append(Evidence {
            resolution: id,
            version: fact.version.0,
            n,
            digest: piece.digest,
            media_type: piece.media_type,
            bytes: piece.bytes,
        });
    }
}

/// What the timeline tells of an event.
struct Line<'a> {
    kind: StepKind,
    number: Option<u32>,
    day: Option<Date>,
    note: Option<&'a str>,
    evidence: &'a [domain::Evidence],
}

impl<'a> Line<'a> {
    fn of(event: &'a Event) -> Self {
        use StepKind as Kind;
        match event {
            Event::Adopted(it) => bare(Kind::Adopted).on(it.decided_on).note(it.text.as_str()),
            Event::Publicised(it) => {
                bare(Kind::Publicised).number(it.period).on(it.closes_on).shown_by(&it.evidence)
            }
            Event::ObjectionFiled(it) => {
                bare(Kind::ObjectionFiled).number(it.objection).on(it.answer_due)
            }
            Event::ObjectionAnswered(it) => bare(Kind::ObjectionAnswered).number(it.objection),
            Event::ObjectionOverdue(it) => {
                bare(Kind::ObjectionOverdue).number(it.objection).on(it.due)
            }
            Event::ObjectionEscalated(it) => {
                bare(Kind::ObjectionEscalated).number(it.objection).on(it.answer_due)
            }
            Event::Corrected(it) => bare(Kind::Corrected).note(it.reason.as_str()),
            Event::Withdrawn(it) => bare(Kind::Withdrawn).note(it.reason.as_str()),
            Event::NoticeClosed(it) => bare(Kind::NoticeClosed).number(it.period),
            Event::Assigned(it) => bare(Kind::Assigned).on(it.due).note(it.office.as_str()),
            Event::Progressed(it) => {
                bare(Kind::Progressed).note(it.note.as_str()).shown_by(&it.evidence)
            }
            Event::Extended(it) => bare(Kind::Extended).on(it.to).note(it.reason.as_str()),
            Event::ExecutionOverdue(it) => bare(Kind::ExecutionOverdue).on(it.due),
            Event::CompletionClaimed(it) => bare(Kind::CompletionClaimed)
                .number(it.claim)
                .note(it.note.as_str())
                .shown_by(&it.evidence),
            Event::CompletionReturned(it) => bare(Kind::CompletionReturned)
                .number(it.claim)
                .on(it.due)
                .note(it.findings.as_str()),
            Event::CompletionVerified(it) => bare(Kind::CompletionVerified)
                .number(it.claim)
                .note(it.findings.as_str())
                .shown_by(&it.evidence),
            Event::BranchInformed(it) => bare(Kind::BranchInformed).note(it.findings.as_str()),
            Event::MeetingInformed(_) => bare(Kind::MeetingInformed),
            Event::CompletionPublicised(it) => bare(Kind::CompletionPublicised)
                .on(it.closes_on)
                .note(it.result.as_str())
                .shown_by(&it.evidence),
            Event::Reopened(it) => {
                bare(Kind::Reopened).note(it.reason.as_str()).shown_by(&it.evidence)
            }
        }
    }

    fn number(self, number: u32) -> Self {
        Self { number: Some(number), ..self }
    }

    fn on(self, day: Date) -> Self {
        Self { day: Some(day), ..self }
    }

    fn note(self, note: &'a str) -> Self {
        Self { note: Some(note), ..self }
    }

    fn shown_by(self, evidence: &'a [domain::Evidence]) -> Self {
        Self { evidence, ..self }
    }
}

fn bare<'a>(kind: StepKind) -> Line<'a> {
    Line { kind, number: None, day: None, note: None, evidence: &[] }
}
