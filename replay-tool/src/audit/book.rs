//! The whole log, folded for an audit of decisions.

use std::collections::{BTreeMap, HashMap};

use domain::meeting::{AgendaItem, Convened, Event as MeetingEvent, MinutesSealed, Outcome};
use domain::resolution::Event as ResolutionEvent;
use domain::rulebook::Event as RulebookEvent;
use domain::unit::Event as UnitEvent;
use domain::{Event, IssueId, MeetingId, ResolutionId, UnitCode, issue};
use projections::Fact;

use super::decision::Decision;
use super::duty::Duty;
use super::expedited::Expedited;
use super::meeting::Meeting;
use super::rules;
use super::seen::{Figures, Seen};
use super::station::{Held, Station};

/// Everything that decisions rest on.
#[derive(Default)]
pub struct Book {
    figures: Figures,
    /// Units and what is above each.
    units: HashMap<UnitCode, Option<UnitCode>>,
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
            Event::Unit(UnitEvent::Registered(unit)) => {
                self.units.insert(unit.unit.clone(), unit.parent.clone());
            }
            Event::Station(event) => {
                if let Some(unit) = fact.unit() {
                    self.stations.entry(unit.clone()).or_default().see(event);
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
            | Event::Survey(_) => {}
        }
    }

    /// A station, if the log has told of it.
    pub fn station(&self, unit: &UnitCode) -> Option<&Station> {
        self.stations.get(unit)
    }

    /// Whether a unit is registered.
    pub fn knows(&self, unit: &UnitCode) -> bool {
        self.units.contains_key(unit)
    }

    /// Whether a unit is another, or below it.
    pub fn is_within(&self, unit: &UnitCode, root: &UnitCode) -> bool {
        let above = |unit: &&UnitCode| self.units.get(*unit).and_then(Option::as_ref);
        let mut line = std::iter::successors(Some(unit), above).take(self.units.len() + 1);
        line.any(|unit| unit == root)
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
                expedited.ratified = Some((seen.day, ratified.meeting));
            }
            issue::Event::Answered(_)
            | issue::Event::AnswerOverdue(_)
            | issue::Event::Triaged(_)
            | issue::Event::Accepted(_)
            | issue::Event::Merged(_)
            | issue::Event::Rejected(_)
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
        if let (MeetingEvent::MinutesSealed(sealed), Some(convened)) = (event, &meeting.convened) {
            let held = Held { meeting: id, starts_at: convened.starts_at, held_on: sealed.held_on };
            self.stations.entry(convened.station.clone()).or_default().held.push(held);
            for (resolution, decision) in decided(id, meeting, convened, sealed, seen) {
                self.decisions.entry(resolution).or_insert(decision);
            }
            for issue in ratified(convened, sealed) {
                if let Some(expedited) = self.expedited.get_mut(&issue) {
                    expedited.ratified = Some((seen.day, id));
                }
            }
        }
    }

    fn resolution(&mut self, id: ResolutionId, event: &ResolutionEvent, fact: &Fact) {
        let seen = self.figures.seen(fact);
        if let ResolutionEvent::Adopted(adopted) = event {
            let (station, title) = (&adopted.station, adopted.title.to_string());
            let decision = self.decisions.entry(id).or_insert_with(|| {
                let mut decision = Decision::new(station.clone(), title, adopted.decided_on);
                decision.duties.owe(Duty::Publicise, seen.step());
                decision
            });
            let meeting = self.meetings.get(&id.meeting);
            decision.findings.extend(rules::adopted_by(seen, meeting, id.topic));
        }
        if let Some(decision) = self.decisions.get_mut(&id) {
            let station = self.stations.get(&decision.station);
            decision.see(event, seen, station);
        }
    }
}

/// The issues that sealed minutes ratify.
fn ratified<'a>(
    convened: &'a Convened,
    sealed: &'a MinutesSealed,
) -> impl Iterator<Item = IssueId> + 'a {
    adopted(convened, sealed).filter(|(_, item)| item.ratifies).filter_map(|(_, item)| item.issue)
}

/// The topics that sealed minutes say were adopted, by number.
fn adopted<'a>(
    convened: &'a Convened,
    sealed: &'a MinutesSealed,
) -> impl Iterator<Item = (u8, &'a AgendaItem)> {
    let adopted = sealed.topics.iter().filter(|topic| topic.outcome == Outcome::Adopted);
    adopted.filter_map(|minutes| {
        let index = usize::from(minutes.topic).checked_sub(1)?;
        Some((minutes.topic, convened.agenda.get(index)?))
    })
}

/// The decisions that sealed minutes tell of: whatever was adopted and does not ratify.
fn decided<'a>(
    id: MeetingId,
    meeting: &'a Meeting,
    convened: &'a Convened,
    sealed: &'a MinutesSealed,
    seen: Seen<'a>,
) -> impl Iterator<Item = (ResolutionId, Decision)> {
    adopted(convened, sealed).filter(|(_, item)| !item.ratifies).map(move |(number, item)| {
        let title = item.title.to_string();
        let mut decision = Decision::new(convened.station.clone(), title, sealed.held_on);
        decision.duties.owe(Duty::Publicise, seen.step());
        if let Some(topic) = meeting.topic(number) {
            decision.voters.clone_from(&topic.voters);
            decision.findings.clone_from(&topic.findings);
        }
        (ResolutionId { meeting: id, topic: number }, decision)
    })
}
