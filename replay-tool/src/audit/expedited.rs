//! 急事急议、特事特议: what was dealt with before the meeting, for a meeting to ratify.

use domain::issue::{self, Expedition};
use domain::{MeetingId, PersonId, UnitCode};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

use super::decision::MEETING_DAYS;
use super::finding::{Finding, Weight};
use super::seen::Seen;
use super::station::{HeldMeeting, Station};
use crate::lang::Said;

/// An issue that was dealt with before the meeting.
pub struct Expedited {
    /// The station's village.
    pub station: UnitCode,
    /// Which kind.
    pub kind: Expedition,
    /// When.
    at: Timestamp,
    /// That day.
    pub on: Date,
    /// Who approved.
    pub approver: PersonId,
    /// What was done.
    pub measure: String,
    /// How a meeting ratified it.
    pub ratified: Option<Verdict>,
    /// How a meeting denied that first.
    pub denied: Option<Verdict>,
    /// When the issue was rejected after that.
    pub rejected: Option<Date>,
    /// What was found on the way.
    pub findings: Vec<Finding>,
}

/// What a meeting said.
#[derive(Clone, Copy)]
pub struct Verdict {
    /// When the log learned it.
    pub on: Date,
    /// The meeting.
    pub meeting: MeetingId,
    /// The topic on its agenda.
    pub topic: u8,
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
            denied: None,
            rejected: None,
            findings: Vec::new(),
        }
    }

    /// A meeting denied the ratification; a later one still may grant it.
    pub fn deny(&mut self, verdict: Verdict) {
        self.denied.get_or_insert(verdict);
    }

    /// The issue was rejected, which ends only what a meeting denied.
    pub fn reject(&mut self, on: Date) {
        if self.denied.is_some() {
            self.rejected.get_or_insert(on);
        }
    }

    /// The finding where the next meeting did not ratify in time what was done before it.
    pub fn owed(&self, today: Date, station: Option<&Station>) -> Option<Finding> {
        let next = station.and_then(|station| station.first_called_after(self.at));
        match (&self.ratified, &self.denied) {
            (Some(verdict), _) => {
                self.ratified_late(station.and_then(|it| it.held(verdict.meeting))?, next)
            }
            (None, Some(denied)) => self.rejected.is_none().then(|| still_denied(denied)),
            (None, None) => self.passed_over(today, next),
        }
    }

    fn last_day(&self) -> Date {
        self.on.saturating_add(MEETING_DAYS.days())
    }

    fn ratified_late(&self, by: &HeldMeeting, next: Option<&HeldMeeting>) -> Option<Finding> {
        let passed = next.is_some_and(|next| next.starts_at < by.starts_at);
        (passed || by.held_on > self.last_day()).then(|| {
            let (meeting, on) = (by.meeting, by.held_on);
            let last = self.last_day();
            unratified(
                Weight::Late,
                on,
                format!("应由下一次会议于{last}前追认,{on}的会议{meeting}才追认。"),
                format!("Ratified only by the meeting {meeting}, held on {on}: the next meeting was to do so, until {last}."),
            )
        })
    }

    fn passed_over(&self, today: Date, next: Option<&HeldMeeting>) -> Option<Finding> {
        if let Some(HeldMeeting { meeting, held_on, .. }) = next {
            return Some(unratified(
                Weight::Missing,
                *held_on,
                format!("{held_on}召开的下一次会议{meeting}没有追认,至今未追认。"),
                format!(
                    "The next meeting {meeting}, held on {held_on}, passed without ratifying it; nobody has since."
                ),
            ));
        }
        let last = self.last_day();
        (today > last).then(|| {
            unratified(
                Weight::Missing,
                last,
                format!("应于{last}前由会议追认,此后召集的会议至今一次也没有召开。"),
                format!("It was to be ratified until {last}; no meeting called since was held."),
            )
        })
    }
}

fn unratified(weight: Weight, on: Date, zh: String, en: String) -> Finding {
    Finding { code: "expedited.not_ratified", weight, on, event: None, said: Said { zh, en } }
}

fn still_denied(denied: &Verdict) -> Finding {
    let Verdict { on, meeting, topic } = denied;
    Finding {
        code: "expedited.denied",
        weight: Weight::Missing,
        on: *on,
        event: None,
        said: Said::new(
            format!("{on}会议{meeting}第{topic}项未予追认,议题至今没有说明理由不予列入。"),
            format!(
                "Topic {topic} of the meeting {meeting} denied it on {on}; the issue has not been rejected with a reason since."
            ),
        ),
    }
}
