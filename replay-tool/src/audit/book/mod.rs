//! The whole log, folded for an audit of decisions.

mod meetings;

use std::collections::{BTreeMap, HashMap};

use domain::meeting::Event as MeetingEvent;
use domain::resolution::Event as ResolutionEvent;
use domain::rulebook::Event as RulebookEvent;
use domain::unit::Event as UnitEvent;
use domain::{Event, IssueId, MeetingId, ResolutionId, UnitCode, county_date, issue};
use projections::Fact;

use super::around::{Around, Units};
use super::decision::Decision;
use super::expedited::{Expedited, Verdict};
use super::meeting::Meeting;
use super::rules;
use super::seen::Figures;
use super::station::{HeldMeeting, Station};
use meetings::Sitting;

/// Everything that decisions rest on.
#[derive(Default)]
pub struct Book {
    figures: Figures,
    /// Units and what is above each.
    pub units: Units,
    stations: HashMap<UnitCode, Station>,
    meetings: HashMap<MeetingId, Meeting>,
    homes: HashMap<IssueId, UnitCode>,
    /// Decisions by their resolution.
    pub decisions: BTreeMap<ResolutionId, Decision>,
    /// 急事急议 and 特事特议.
    pub expedited: BTreeMap<IssueId, Expedited>,
}

/// Whether events of this category of streams matter here.
pub fn concerns(category: &str) -> bool {
    matches!(category, "rulebook" | "unit" | "station" | "issue" | "meeting" | "resolution")
}

impl Book {
    /// Takes a fact in.
    pub fn see(&mut self, fact: &Fact) {
        match &fact.event {
            Event::Rulebook(RulebookEvent::Adopted(adopted)) => self.figures.adopt(adopted),
            Event::Unit(UnitEvent::Registered(unit)) => self.units.register(unit),
            Event::Station(event) => {
                if let Some(unit) = fact.unit() {
                    let on = county_date(fact.recorded_at);
                    self.stations.entry(unit.clone()).or_default().see(event, on);
                }
            }
            Event::Issue(event) => {
                if let Some(issue) = fact.issue() {
                    self.issue(issue, event, fact);
                }
            }
            Event::Meeting(event) => {
                if let Some(meeting) = fact.meeting() {
                    self.meeting(meeting, event, fact);
                }
            }
            Event::Resolution(event) => {
                if let Some(resolution) = fact.resolution() {
                    self.resolution(resolution, event, fact);
                }
            }
            Event::Unit(_)
            | Event::Squad(_)
            | Event::Volunteer(_)
            | Event::Activity(_)
            | Event::Service(_)
            | Event::Points(_)
            | Event::Notice(_)
            | Event::Survey(_)
            | Event::LedgerKey(_) => {}
        }
    }

    /// What the log tells besides, for a decision of a station.
    pub fn around(&self, station: &UnitCode) -> Around<'_> {
        let station = self.stations.get(station);
        Around { station, meetings: &self.meetings, units: &self.units }
    }

    fn issue(&mut self, id: IssueId, event: &issue::Event, fact: &Fact) {
        let seen = self.figures.seen(fact);
        match event {
            issue::Event::Registered(registered) => {
                self.homes.insert(id, registered.station.clone());
            }
            issue::Event::Expedited(event) => {
                let Some(home) = self.homes.get(&id) else { return };
                let mut expedited = Expedited::new(home.clone(), event, seen);
                let approving = rules::approving(seen, self.stations.get(home), event.approver);
                expedited.findings.extend(approving);
                self.expedited.insert(id, expedited);
            }
            issue::Event::Ratified(ratified) => {
                let Some(expedited) = self.expedited.get_mut(&id) else { return };
                let meeting = self.meetings.get(&ratified.meeting);
                expedited.findings.extend(rules::ratified_by(seen, meeting, ratified.topic));
                let (meeting, topic) = (ratified.meeting, ratified.topic);
                expedited.ratified = Some(Verdict { on: seen.day, meeting, topic });
            }
            issue::Event::Rejected(_) => {
                if let Some(expedited) = self.expedited.get_mut(&id) {
                    expedited.reject(seen.day);
                }
            }
            issue::Event::Answered(_)
            | issue::Event::AnswerOverdue(_)
            | issue::Event::Triaged(_)
            | issue::Event::Accepted(_)
            | issue::Event::Merged(_)
            | issue::Event::RoutedOut(_)
            | issue::Event::RatificationMissed(_)
            | issue::Event::Scheduled(_)
            | issue::Event::Decided(_)
            | issue::Event::Settled(_)
            | issue::Event::Reopened(_) => {}
        }
    }

    fn meeting(&mut self, id: MeetingId, event: &MeetingEvent, fact: &Fact) {
        let seen = self.figures.seen(fact);
        let meeting = self.meetings.entry(id).or_default();
        meeting.see(event, seen);
        let Some(convened) = meeting.convened.as_deref() else { return };
        let sitting = Sitting { id, meeting, convened, seen };
        match event {
            MeetingEvent::TopicDecided(decided) => sitting.decided(&mut self.decisions, decided),
            MeetingEvent::MinutesSealed(sealed) => {
                self.stations.entry(convened.station.clone()).or_default().held.push(HeldMeeting {
                    meeting: id,
                    body: convened.body,
                    convened_at: meeting.convened_at,
                    starts_at: convened.starts_at,
                    held_on: sealed.held_on,
                });
                sitting.sealed(&mut self.decisions, &mut self.expedited, sealed);
            }
            MeetingEvent::Cancelled(_) => sitting.cancelled(&mut self.decisions),
            MeetingEvent::Convened(_)
            | MeetingEvent::AttendanceTaken(_)
            | MeetingEvent::OpinionGiven(_)
            | MeetingEvent::VotesCast(_)
            | MeetingEvent::MinutesCorrected(_) => {}
        }
    }

    fn resolution(&mut self, id: ResolutionId, event: &ResolutionEvent, fact: &Fact) {
        let seen = self.figures.seen(fact);
        if let ResolutionEvent::Adopted(adopted) = event {
            let (station, title) = (&adopted.station, adopted.title.to_string());
            let decision = self
                .decisions
                .entry(id)
                .or_insert_with(|| Decision::new(id, station.clone(), title, adopted.decided_on));
            let meeting = self.meetings.get(&id.meeting);
            decision.findings.extend(rules::adopted_by(seen, meeting, id.topic));
        }
        if let Some(decision) = self.decisions.get_mut(&id) {
            let station = self.stations.get(&decision.station);
            let around = Around { station, meetings: &self.meetings, units: &self.units };
            decision.see(event, seen, around);
        }
    }
}
