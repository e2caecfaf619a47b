//! 急事急议、特事特议: what was dealt with before the meeting, for a meeting to ratify.

use domain::issue::{self, Expedition};
use domain::{MeetingId, PersonId, UnitCode};
use jiff::Timestamp;
use jiff::civil::Date;

use super::finding::Finding;
use super::seen::Seen;

/// An issue that was dealt with before the meeting.
pub struct Expedited {
    /// The station's village.
    pub station: UnitCode,
    /// Which kind.
    pub kind: Expedition,
    /// When.
    pub at: Timestamp,
    /// That day.
    pub on: Date,
    /// Who approved.
    pub approver: PersonId,
    /// What was done.
    pub measure: String,
    /// Which meeting ratified it, and when.
    pub ratified: Option<(Date, MeetingId)>,
    /// What was found on the way.
    pub findings: Vec<Finding>,
}

impl Expedited {
    /// As the event tells it.
    pub fn new(station: UnitCode, event: &issue::Expedited, seen: Seen<'_>) -> Self {
        Self {
            station,
            kind: event.kind,
            at: seen.at(),
            on: seen.day,
            approver: event.approver,
            measure: event.measure.to_string(),
            ratified: None,
            findings: Vec::new(),
        }
    }
}
