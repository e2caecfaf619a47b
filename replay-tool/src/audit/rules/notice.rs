//! From the notice to the assignment.

use domain::resolution::{NoticeClosed, Stage};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::audit::around::Around;
use crate::audit::decision::Decision;
use crate::audit::finding::Finding;
use crate::audit::seen::Seen;

/// A notice stands for the rulebook's days from its publication; its first day is that one, or the one on paper.
pub fn publicising(
    seen: Seen<'_>,
    (first, opens_on): (Option<Date>, Date),
    closes_on: Date,
) -> Option<Finding> {
    let days = *seen.rules.resolution_notice_days;
    let last = seen.day.saturating_add(i32::from(days).days());
    (closes_on != last || first.is_some_and(|first| first != opens_on)).then(|| {
        let on = seen.day;
        seen.wrong(
            "decision.notice_period",
            format!("{on}公示,公示期应为{days}天(至{last}),记为{opens_on}至{closes_on}。"),
            format!("Publicised on {on}, it is to stand {days} days, until {last}; it says {opens_on} to {closes_on}."),
        )
    })
}

/// A notice stands until the end of its last day, and does not close over an open objection.
pub fn closing(seen: Seen<'_>, decision: &Decision, closed: &NoticeClosed) -> Vec<Finding> {
    let mut found = Vec::new();
    let last = decision.notice.as_ref().map(|notice| notice.closes_on);
    if last.is_none_or(|last| seen.day <= last) {
        let period = closed.period;
        let (zh, en) = last.map_or_else(
            || ("从未公示".to_owned(), "it was never publicised".to_owned()),
            |last| (format!("公示至{last}"), format!("it stands until {last}")),
        );
        found.push(seen.wrong(
            "decision.notice_closed_early",
            format!("第{period}次公示提前结束:{zh}。"),
            format!("Period {period} of the notice closed early: {en}."),
        ));
    }
    if decision.duties.has_open_objection() {
        found.push(seen.wrong(
            "decision.closed_over_objection",
            "有异议未答复即结束公示。",
            "The notice closed although an objection was open.",
        ));
    }
    found
}

/// The village may withdraw what it adopted only after an upheld objection; a unit above it may at any time.
pub fn withdrawing(seen: Seen<'_>, decision: &Decision, around: Around<'_>) -> Option<Finding> {
    let upheld = decision.stage == Some(Stage::AwaitingCorrection);
    let above = around.units.is_above(&seen.fact.metadata.actor, &decision.station);
    (!upheld && !above).then(|| {
        seen.wrong(
            "decision.withdrawn_by_village",
            "没有成立的异议,村里自行撤销了决议。",
            "The village withdrew it although no objection was upheld.",
        )
    })
}

/// Only what was publicised and has no open objection is assigned.
pub fn assigning(seen: Seen<'_>, decision: &Decision) -> Option<Finding> {
    let clean = decision.is_closed() && !decision.duties.has_open_objection();
    (!clean).then(|| {
        seen.wrong(
            "decision.assigned_early",
            "公示未期满或有未答复、未修正的异议即交付执行。",
            "It was assigned before its notice had closed with no objection open or uncorrected.",
        )
    })
}
