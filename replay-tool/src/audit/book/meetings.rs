//! What a meeting's facts mean for the decisions it takes.

use std::collections::{BTreeMap, HashMap};

use domain::issue::Step;
use domain::meeting::{AgendaItem, Convened, MinutesSealed, Outcome, TopicDecided, TopicMinutes};
use domain::{IssueId, MeetingId, ResolutionId, county_date};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::audit::decision::Decision;
use crate::audit::duty::Duty;
use crate::audit::expedited::{Expedited, Verdict};
use crate::audit::finding::Finding;
use crate::audit::meeting::Meeting;
use crate::audit::rules;
use crate::audit::seen::Seen;

/// A meeting at one of its facts.
pub struct Sitting<'a> {
    /// Which.
    pub id: MeetingId,
    /// As it stands after the fact.
    pub meeting: &'a Meeting,
    /// How it was called.
    pub convened: &'a Convened,
    /// The steps that great matters have taken.
    pub steps: &'a HashMap<IssueId, Vec<Step>>,
    /// The fact.
    pub seen: Seen<'a>,
}

impl Sitting<'_> {
    /// A vote that adopts a topic makes a decision, which the minutes have to record.
    pub fn decided(
        &self,
        decisions: &mut BTreeMap<ResolutionId, Decision>,
        decided: &TopicDecided,
    ) {
        let number = decided.topic;
        let Some(item) = self.item(number).filter(|item| !item.ratifies) else { return };
        match decided.outcome {
            Outcome::Adopted => {
                let decision = self.adopted(decisions, number, item);
                if decision.stage.is_none() {
                    decision.duties.owe(Duty::SealMinutes, self.minutes_due());
                }
            }
            // What was voted down or put off is told of only where there is something to say of its count.
            Outcome::NotAdopted | Outcome::Deferred if self.meeting.counted_well(number) => {}
            Outcome::NotAdopted | Outcome::Deferred => {
                self.decision(decisions, number, item);
            }
        }
    }

    /// A count that is opened again made no decision; the next one may.
    pub fn reopened(&self, decisions: &mut BTreeMap<ResolutionId, Decision>, number: u8) {
        let id = self.resolution(number);
        if decisions.get(&id).is_some_and(|decision| decision.stage.is_none()) {
            decisions.remove(&id);
        }
    }

    /// Sealed minutes say what is to be carried out, and what is ratified or denied.
    pub fn sealed(
        &self,
        decisions: &mut BTreeMap<ResolutionId, Decision>,
        expedited: &mut BTreeMap<IssueId, Expedited>,
        sealed: &MinutesSealed,
    ) {
        for minutes in &sealed.topics {
            let Some(item) = self.item(minutes.topic) else { continue };
            if item.ratifies {
                let urgent = item.issue.and_then(|issue| expedited.get_mut(&issue));
                urgent.into_iter().for_each(|urgent| self.ratify(urgent, item, minutes));
            } else if minutes.outcome == Outcome::Adopted {
                let decision = self.adopted(decisions, minutes.topic, item);
                decision.decided_on = sealed.held_on;
                decision.done(Duty::SealMinutes, self.seen);
                decision.take_effect(self.seen);
            } else if let Some(decision) = decisions.get_mut(&self.resolution(minutes.topic))
                && decision.duties.due(Duty::SealMinutes).is_some()
            {
                decision.done(Duty::SealMinutes, self.seen);
                decision.findings.push(rules::minuting(self.seen));
            }
        }
    }

    /// Finds fault with topics that were adopted and are not minuted because the meeting was called off.
    pub fn cancelled(&self, decisions: &mut BTreeMap<ResolutionId, Decision>) {
        let taken = decisions.values_mut().filter(|it| it.id.meeting == self.id);
        for decision in taken.filter(|it| it.duties.due(Duty::SealMinutes).is_some()) {
            decision.duties.end();
            decision.findings.push(rules::cancelling(self.seen));
        }
    }

    fn ratify(&self, expedited: &mut Expedited, item: &AgendaItem, minutes: &TopicMinutes) {
        let verdict = Verdict { on: self.seen.day, meeting: self.id, topic: minutes.topic };
        expedited.findings.extend(self.meeting.findings(minutes.topic).cloned());
        match minutes.outcome {
            Outcome::Adopted => {
                expedited.findings.extend(self.great_matter(minutes.topic, item));
                expedited.ratified = Some(verdict);
            }
            Outcome::NotAdopted => expedited.deny(verdict),
            Outcome::Deferred => {}
        }
    }

    /// The decision, which took the way of a great matter if it is one.
    fn adopted<'d>(
        &self,
        decisions: &'d mut BTreeMap<ResolutionId, Decision>,
        number: u8,
        item: &AgendaItem,
    ) -> &'d mut Decision {
        let is_new = !decisions.contains_key(&self.resolution(number));
        let decision = self.decision(decisions, number, item);
        if is_new {
            decision.findings.extend(self.great_matter(number, item));
        }
        decision
    }

    /// What is wrong with the way of a topic that was adopted, where that is a great matter.
    fn great_matter(&self, number: u8, item: &AgendaItem) -> Vec<Finding> {
        if self.meeting.required(number).is_none_or(|it| !it.steps) {
            return Vec::new();
        }
        let taken = item.issue.and_then(|issue| self.steps.get(&issue));
        let taken = taken.map_or(&[][..], Vec::as_slice);
        rules::great_matter(self.seen, self.convened.body, taken)
    }

    fn decision<'d>(
        &self,
        decisions: &'d mut BTreeMap<ResolutionId, Decision>,
        number: u8,
        item: &AgendaItem,
    ) -> &'d mut Decision {
        let id = self.resolution(number);
        let (station, on) = (&self.convened.station, self.convened.held_on());
        let decision = decisions
            .entry(id)
            .or_insert_with(|| Decision::new(id, station.clone(), item.title.to_string(), on));
        decision.body = Some(self.convened.body);
        decision.voters.extend(self.meeting.voters(number));
        decision.in_favour = self.meeting.in_favour(number).map(Iterator::collect);
        decision
    }

    fn item(&self, number: u8) -> Option<&AgendaItem> {
        self.convened.agenda.get(usize::from(number).checked_sub(1)?)
    }

    fn resolution(&self, topic: u8) -> ResolutionId {
        ResolutionId { meeting: self.id, topic }
    }

    fn minutes_due(&self) -> Date {
        let days = i32::from(*self.seen.rules.minutes_days);
        // What was held before it was entered is minuted in as many days from the entry.
        let entered = self.meeting.is_backfilled().then(|| county_date(self.meeting.convened_at));
        entered.unwrap_or(self.convened.held_on()).saturating_add(days.days())
    }
}
