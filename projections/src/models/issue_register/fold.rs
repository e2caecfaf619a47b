use domain::issue::{self, RoutingOutcome, Stage};
use domain::meeting::Outcome;
use domain::privacy::mask_text;
use domain::{IssueId, ResolutionId, Text, county_date};
use jiff::Timestamp;

use super::IssueRegister;
use super::{Backfill, Issue, Photograph, Solution, Year};
use crate::{Fact, Fold, Rows, reads};

impl Fold<Rows<'_>> for IssueRegister {
    reads! { Rows<'_>: issue }

    fn issue(fact: &Fact, issue: &IssueId, event: &issue::Event, rows: &mut Rows<'_>) {
        on_issue(rows, fact.recorded_at, *issue, event);
    }
}

fn on_issue(rows: &mut Rows<'_>, at: Timestamp, id: IssueId, event: &issue::Event) {
    if let issue::Event::Registered(registered) = event {
        register(rows, at, id, registered);
    } else {
        rows.update::<Issue, _>(&id, |issue| issue.follow(at, event));
    }
}

fn register(rows: &mut Rows<'_>, at: Timestamp, id: IssueId, registered: &issue::Registered) {
    let year = county_date(at).year();
    let key = (registered.station.clone(), year);
    let serial = rows.get::<Year>(&key).map_or(0, |year| year.issues) + 1;
    rows.put(Year { station: key.0, year, issues: serial });
    rows.put(Issue {
        issue: id,
        station: registered.station.clone(),
        number: format!("议题〔{year}〕第{serial}号"),
        year,
        serial,
        raised_at: registered.raised_at,
        registered_at: at,
        place: masked(&registered.place),
        registrar: registered.registrar,
        source: registered.source,
        channel: registered.channel,
        has_asker: registered.asker.is_some(),
        problem: masked(&registered.problem),
        wish: registered.wish.as_ref().map(masked),
        solution: None,
        remark: registered.remark.as_ref().map(masked),
        topic: None,
        heard: 0,
        opinions: None,
        step: None,
        stage: Stage::Registered,
        backfill: registered.paper.as_ref().map(|_| Backfill::AwaitingApproval),
        accepted_at: None,
        expedited: None,
        approver: None,
        urgency: None,
        measure: None,
        expedited_at: None,
        ratified_at: None,
        ratified_by: None,
        ratification_missed: 0,
        ratification_missed_by: None,
        answer_due: registered.answer_due,
        answered_at: None,
        answer: None,
        answer_overdue: false,
        meeting: None,
        meeting_topic: None,
        outcome: None,
        resolution: None,
        settled_at: None,
        result: None,
        reopened: 0,
        reason: None,
        merged_into: None,
        routed_to: None,
        receiver: None,
        routed_at: None,
        routing_due: None,
        routing_received_on: None,
        routing_replied_at: None,
        routing_outcome: None,
        routing_reply: None,
        routing_overdue: false,
    });
    let photographs = registered.paper.iter().flat_map(|paper| &paper.evidence);
    for (n, photograph) in (1..).zip(photographs) {
        rows.put(Photograph { issue: id, n, digest: photograph.digest });
    }
}

fn masked<const MAX: usize>(text: &Text<MAX>) -> String {
    mask_text(text.as_str())
}

impl Issue {
    /// Takes in what happened after the registration.
    fn follow(&mut self, at: Timestamp, event: &issue::Event) {
        use issue::Event;
        match event {
            // A number is registered once.
            Event::Registered(_) => {}
            Event::BackfillApproved(_) => self.backfill = Some(Backfill::Approved),
            Event::BackfillRefused(refused) => {
                self.backfill = Some(Backfill::Refused);
                (self.stage, self.reason) = (Stage::Rejected, Some(masked(&refused.reason)));
                self.solution = Some(Solution::Rejected);
            }
            Event::Answered(answered) => {
                self.answered_at.get_or_insert(at);
                self.answer = Some(masked(&answered.answer));
            }
            Event::AnswerOverdue(_) => self.answer_overdue = true,
            Event::OpinionsCollected(collected) => {
                self.heard += 1;
                self.opinions = Some(masked(&collected.opinions));
            }
            Event::StepTaken(taken) => self.step = Some(taken.step),
            Event::Triaged(triaged) => {
                (self.stage, self.topic) = (Stage::Triaged, Some(triaged.topic.clone()));
            }
            Event::Accepted(accepted) => {
                (self.stage, self.topic) = (Stage::Accepted, Some(accepted.topic.clone()));
                self.accepted_at = Some(at);
            }
            Event::Merged(merged) => {
                (self.stage, self.merged_into) = (Stage::Merged, Some(merged.into));
                self.solution = Some(Solution::Merged);
            }
            Event::Rejected(rejected) => {
                (self.stage, self.reason) = (Stage::Rejected, Some(masked(&rejected.reason)));
                self.solution = Some(Solution::Rejected);
            }
            Event::RoutedOut(routed) => self.route_out(at, routed),
            Event::RoutingReceived(received) => self.routing_received_on = Some(received.on),
            Event::RoutingReplied(replied) => self.take_reply(at, replied),
            Event::RoutingOverdue(_) => self.routing_overdue = true,
            Event::Expedited(expedited) => self.expedite(at, expedited),
            Event::Ratified(ratified) => self.ratify(at, ratified),
            Event::RatificationMissed(missed) => {
                self.ratification_missed += 1;
                self.ratification_missed_by = Some(missed.meeting);
            }
            Event::Scheduled(scheduled) => {
                self.stage = Stage::Scheduled;
                self.meeting = Some(scheduled.meeting);
                self.meeting_topic = Some(scheduled.topic);
                self.outcome = None;
            }
            Event::Decided(decided) => self.decide(decided),
            Event::Settled(settled) => {
                self.solution = Some(match settled.resolution {
                    Some(_) => Solution::Resolved,
                    None if self.stage == Stage::RoutedOut => Solution::RoutedOut,
                    None if self.ratified_at.is_some() => Solution::Ratified,
                    None if self.answered_at.is_none() && self.heard > 0 => Solution::OnTheSpot,
                    None => Solution::Answered,
                });
                (self.stage, self.settled_at) = (Stage::Settled, Some(at));
                self.result = Some(masked(&settled.result));
                self.resolution = settled.resolution.or(self.resolution);
            }
            Event::Reopened(reopened) => {
                (self.stage, self.settled_at, self.result) = (Stage::Decided, None, None);
                self.solution = None;
                self.resolution = Some(reopened.resolution);
                self.reopened += 1;
            }
        }
    }

    fn route_out(&mut self, at: Timestamp, routed: &issue::RoutedOut) {
        self.stage = Stage::RoutedOut;
        self.solution = Some(Solution::RoutedOut);
        self.routed_to = Some(masked(&routed.to));
        self.reason = Some(masked(&routed.reason));
        self.receiver.clone_from(&routed.receiver);
        (self.routed_at, self.routing_due) = (Some(at), routed.due);
        (self.routing_received_on, self.routing_replied_at) = (None, None);
        (self.routing_outcome, self.routing_reply) = (None, None);
        self.routing_overdue = false;
    }

    /// What the authority declines is where it was before.
    fn take_reply(&mut self, at: Timestamp, replied: &issue::RoutingReplied) {
        self.routing_replied_at = Some(at);
        self.routing_outcome = Some(replied.outcome);
        self.routing_reply = Some(masked(&replied.reply));
        if replied.outcome == RoutingOutcome::Declined {
            (self.stage, self.solution) = (self.stage_off_agenda(), None);
        }
    }

    fn expedite(&mut self, at: Timestamp, expedited: &issue::Expedited) {
        self.expedited = Some(expedited.kind);
        self.approver = Some(expedited.approver);
        self.urgency = Some(masked(&expedited.reason));
        self.measure = Some(masked(&expedited.measure));
        self.expedited_at = Some(at);
    }

    fn ratify(&mut self, at: Timestamp, ratified: &issue::Ratified) {
        self.ratified_at = Some(at);
        self.ratified_by = Some(ratified.meeting);
        let place = (Some(ratified.meeting), Some(ratified.topic));
        if self.stage == Stage::Scheduled && (self.meeting, self.meeting_topic) == place {
            (self.stage, self.outcome) = (Stage::Decided, Some(Outcome::Adopted));
        }
    }

    fn decide(&mut self, decided: &issue::Decided) {
        let &issue::Decided { meeting, topic, outcome } = decided;
        self.outcome = Some(outcome);
        let unratified = self.expedited.is_some() && self.ratified_at.is_none();
        match outcome {
            Outcome::Adopted => {
                self.stage = Stage::Decided;
                self.resolution = Some(ResolutionId { meeting, topic });
            }
            Outcome::NotAdopted if !unratified => self.stage = Stage::Decided,
            Outcome::NotAdopted => self.stage = self.stage_off_agenda(),
            // Also when its resolution was withdrawn.
            Outcome::Deferred => (self.stage, self.resolution) = (self.stage_off_agenda(), None),
        }
    }

    /// What is put off, or was not ratified, waits for another agenda.
    fn stage_off_agenda(&self) -> Stage {
        match (&self.topic, self.accepted_at) {
            (_, Some(_)) => Stage::Accepted,
            (Some(_), None) => Stage::Triaged,
            (None, None) => Stage::Registered,
        }
    }
}
