//! The whole log, folded for an audit of decisions.

mod meetings;

use std::collections::{BTreeMap, HashMap};

use domain::issue::Step;
use domain::meeting::Event as MeetingEvent;
use domain::resolution::Event as ResolutionEvent;
use domain::rulebook::Event as RulebookEvent;
use domain::unit::Event as UnitEvent;
use domain::{County, IssueId, MeetingId, ResolutionId, UnitCode, county_date, issue, station};
use projections::{Fact, Fold, reads};

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
    /// The steps that great matters have taken.
    steps: HashMap<IssueId, Vec<Step>>,
    /// Decisions by their resolution.
    pub decisions: BTreeMap<ResolutionId, Decision>,
    /// 急事急议 and 特事特议.
    pub expedited: BTreeMap<IssueId, Expedited>,
}

impl Fold for Book {
    reads! { Self: rulebook, unit, station, issue, meeting, resolution }

    fn rulebook(_: &Fact, _: &County, event: &RulebookEvent, book: &mut Self) {
        let RulebookEvent::Adopted(adopted) = event;
        book.figures.adopt(adopted);
    }

    fn unit(_: &Fact, code: &UnitCode, event: &UnitEvent, book: &mut Self) {
        if let UnitEvent::Registered(unit) = event {
            book.units.register(unit);
        } else if let UnitEvent::Succeeded(succeeded) = event {
            book.units.succeed(code, succeeded);
        }
    }

    fn station(fact: &Fact, unit: &UnitCode, event: &station::Event, book: &mut Self) {
        let on = county_date(fact.recorded_at);
        book.stations.entry(unit.clone()).or_default().see(event, fact, on);
        let changed = match event {
            station::Event::MemberAppointed(it) => (it.group, it.member, false),
            station::Event::MemberLeft(it) => (it.group, it.member, true),
            station::Event::Opened(_)
            | station::Event::ItemEvidenced(_)
            | station::Event::ItemLost(_)
            | station::Event::SupervisorsElected(_)
            | station::Event::RelativesDeclared(_)
            | station::Event::KinshipEnded(_)
            | station::Event::TopicListed(_)
            | station::Event::HouseholdsStated(_)
            | station::Event::MeetingHeld(_)
            | station::Event::MeetingMissed(_) => return,
        };
        if let (station::Group::Supervision, member, left) = changed {
            let found = rules::changing(book.figures.seen(fact), member, left);
            let executed = book.decisions.values_mut().filter(|it| it.station == *unit);
            let executed = executed.filter(|it| it.is_executed());
            executed.for_each(|decision| decision.findings.push(found.clone()));
        }
    }

    fn issue(fact: &Fact, issue: &IssueId, event: &issue::Event, book: &mut Self) {
        book.issue(*issue, event, fact);
    }

    fn meeting(fact: &Fact, meeting: &MeetingId, event: &MeetingEvent, book: &mut Self) {
        book.meeting(*meeting, event, fact);
    }

    fn resolution(fact: &Fact, id: &ResolutionId, event: &ResolutionEvent, book: &mut Self) {
        book.resolution(*id, event, fact);
    }
}

impl Book {
    /// What the log tells besides, for a decision of a station.
    pub fn around(&self, station: &UnitCode) -> Around<'_> {
        let station = self.stations.get(self.units.acting(station));
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
            issue::Event::StepTaken(taken) => self.steps.entry(id).or_default().push(taken.step),
            issue::Event::BackfillApproved(_)
            | issue::Event::BackfillRefused(_)
            | issue::Event::Answered(_)
            | issue::Event::AnswerOverdue(_)
            | issue::Event::OpinionsCollected(_)
            | issue::Event::Triaged(_)
            | issue::Event::Accepted(_)
            | issue::Event::Merged(_)
            | issue::Event::RoutedOut(_)
            | issue::Event::RoutingReceived(_)
            | issue::Event::RoutingReplied(_)
            | issue::Event::RoutingOverdue(_)
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
        let sitting = Sitting { id, meeting, convened, steps: &self.steps, seen };
        match event {
            MeetingEvent::TopicDecided(decided) => sitting.decided(&mut self.decisions, decided),
            MeetingEvent::MinutesSealed(sealed) => {
                self.stations.entry(convened.station.clone()).or_default().held.push(HeldMeeting {
                    meeting: id,
                    body: convened.body,
                    convened_at: meeting.convened_at,
                    starts_at: convened.starts_at,
                    held_on: sealed.held_on,
                    backfilled: meeting.is_backfilled(),
                });
                sitting.sealed(&mut self.decisions, &mut self.expedited, sealed);
            }
            MeetingEvent::CountReopened(reopened) => {
                sitting.reopened(&mut self.decisions, reopened.topic);
            }
            MeetingEvent::Cancelled(_) => sitting.cancelled(&mut self.decisions),
            MeetingEvent::BackfillRequested(_)
            | MeetingEvent::BackfillApproved(_)
            | MeetingEvent::BackfillRefused(_)
            | MeetingEvent::Convened(_)
            | MeetingEvent::AttendanceTaken(_)
            | MeetingEvent::Departed(_)
            | MeetingEvent::Returned(_)
            | MeetingEvent::OpinionGiven(_)
            | MeetingEvent::VotesCast(_)
            | MeetingEvent::BallotsCast(_)
            | MeetingEvent::CountingListsTaken(_)
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
            let station = self.stations.get(self.units.acting(&decision.station));
            let around = Around { station, meetings: &self.meetings, units: &self.units };
            decision.see(event, seen, around);
        }
    }
}
