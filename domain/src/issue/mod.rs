//! 议题: what residents bring up, from the register to its settlement.
//!
//! An issue is held against the lists of topics, accepted and put on a meeting's agenda, or merged,
//! rejected, routed out, or simply answered. What cannot wait is done first and ratified afterwards. People on the square or
//! in their building say what they think without a vote; a great matter takes its steps before the assembly decides.

mod answer;
mod commands;
mod deliberate;
mod events;
mod expedite;
mod prepare;
mod rejection;
mod routing;
mod stage;
#[cfg(test)]
mod tests;
mod triage;

pub use commands::*;
pub use events::*;
pub use rejection::Rejection;
pub use stage::Stage;

use std::collections::BTreeSet;

use jiff::civil::Date;
use routing::Routing;
use stage::{Phase, Place};

use crate::meeting::Outcome;
use crate::{Aggregate, Given, MeetingId, TopicCode, UnitCode};

/// An issue as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Issue {
    registered: Option<Box<Registered>>,
    /// 补录待核准: entered from paper, and nobody else has looked at it yet.
    awaits_approval: bool,
    answers: usize,
    answer_missed: bool,
    /// How often opinions were collected.
    heard: usize,
    /// The days of the steps of a great matter, in their order.
    steps: Vec<Date>,
    /// The item of the lists it was last held against.
    topic: Option<TopicCode>,
    /// Whether it was ever to be deliberated.
    accepted: bool,
    phase: Phase,
    /// 转办, the last one.
    routing: Option<Routing>,
    /// The running agenda that it is on.
    agenda: Option<Place>,
    expedited: bool,
    ratified: Option<Place>,
    /// Whether a meeting voted its ratification down.
    denied: bool,
    /// Meetings that did not ratify.
    missed: BTreeSet<MeetingId>,
}

impl Issue {
    /// The station's village.
    #[must_use]
    pub fn station(&self) -> Option<&UnitCode> {
        self.registered.as_ref().map(|registered| &registered.station)
    }

    /// 咨询人, where one wants to be known.
    #[must_use]
    pub fn asker(&self) -> Option<Asker> {
        self.registered.as_ref().and_then(|registered| registered.asker)
    }

    /// What was registered; refused while it waits for approval.
    fn registered(&self) -> Result<&Registered, Rejection> {
        let registered = self.entered()?;
        if self.awaits_approval { Err(Rejection::AwaitsApproval {}) } else { Ok(registered) }
    }

    fn entered(&self) -> Result<&Registered, Rejection> {
        self.registered.as_deref().ok_or(Rejection::Unregistered {})
    }

    /// How far it has come; none before it is registered.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.registered.as_ref()?;
        Some(if self.agenda.is_some() { Stage::Scheduled } else { self.phase.stage() })
    }

    /// Whether it is still to be deliberated, so that others may be merged into it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.registered.is_some() && !self.awaits_approval && self.phase.is_open()
    }

    /// The item of the lists it falls under, until it is decided.
    #[must_use]
    pub fn topic(&self) -> Option<&TopicCode> {
        let held = matches!(self.phase, Phase::Triaged | Phase::Accepted);
        self.topic.as_ref().filter(|_| held)
    }

    /// Refuses what can be done only with an issue that is open and on no agenda.
    fn pending(&self) -> Result<(), Rejection> {
        self.on_no_agenda()?;
        if self.phase.is_open() { Ok(()) } else { Err(self.phase.ended()) }
    }

    fn on_no_agenda(&self) -> Result<(), Rejection> {
        self.registered()?;
        match self.agenda {
            Some(place) => Err(Rejection::OnAgenda { meeting: place.meeting }),
            None => Ok(()),
        }
    }
}

impl Aggregate for Issue {
    const CATEGORY: &'static str = "issue";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match command {
            Command::Register(asked) => self.register(asked, given),
            Command::ApproveBackfill => self.approve_backfill(given),
            Command::RefuseBackfill { reason } => self.refuse_backfill(reason, given),
            Command::Answer { answer } => self.answer(answer),
            Command::MissAnswer => self.miss_answer(given),
            Command::CollectOpinions(heard) => self.collect_opinions(heard, given),
            Command::TakeStep { step, held_on, conclusion, evidence } => {
                self.take_step(step, held_on, conclusion, evidence, given)
            }
            Command::Triage { topic, listed } => self.triage(topic, listed),
            Command::Accept => self.accept(),
            Command::Merge { issue, into, stands } => self.merge(issue, into, stands),
            Command::Reject { reason } => self.reject(reason),
            Command::RouteOut { to, receiver, reason, due } => {
                self.route_out(RoutedOut { to, reason, receiver, on: None, due }, given)
            }
            Command::ReceiveRouting { on } => self.receive_routing(on, given),
            Command::ReplyRouting { outcome, reply } => self.reply_routing(outcome, reply, given),
            Command::MissRouting => self.miss_routing(given),
            Command::Expedite { kind, approver, leads, reason, measure } => {
                self.expedite(kind, approver, leads, reason, measure)
            }
            Command::Ratify { meeting, topic } => self.ratify(Place { meeting, topic }),
            Command::MissRatification { meeting } => self.miss_ratification(meeting),
            Command::Schedule { meeting, topic, ratifies } => {
                self.schedule(Place { meeting, topic }, ratifies)
            }
            Command::Decide { meeting, topic, outcome } => {
                self.decided(Place { meeting, topic }, outcome)
            }
            Command::Settle { resolution, result } => self.settle(resolution, result),
            Command::Reopen { resolution } => self.reopen(resolution),
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Registered(registered) => {
                self.awaits_approval = registered.paper.is_some();
                self.registered = Some(registered.clone());
            }
            Event::BackfillApproved(_) => self.awaits_approval = false,
            Event::BackfillRefused(_) => {
                (self.awaits_approval, self.phase) = (false, Phase::Rejected);
            }
            Event::Answered(_) => self.answers += 1,
            Event::AnswerOverdue(_) => self.answer_missed = true,
            Event::OpinionsCollected(_) => self.heard += 1,
            Event::StepTaken(taken) => self.steps.push(taken.held_on),
            Event::Triaged(Triaged { topic }) => {
                (self.topic, self.phase) = (Some(topic.clone()), Phase::Triaged);
            }
            Event::Accepted(Accepted { topic }) => {
                (self.topic, self.phase) = (Some(topic.clone()), Phase::Accepted);
                self.accepted = true;
            }
            Event::Merged(_) => self.phase = Phase::Merged,
            Event::Rejected(_) => self.phase = Phase::Rejected,
            Event::RoutedOut(routed) => self.hand_over(routed),
            Event::RoutingReceived(_) => {
                self.routing.iter_mut().for_each(|routing| routing.received = true);
            }
            Event::RoutingReplied(replied) => self.take_reply(replied),
            Event::RoutingOverdue(_) => {
                self.routing.iter_mut().for_each(|routing| routing.missed = true);
            }
            Event::Expedited(_) => self.expedited = true,
            Event::Ratified(Ratified { meeting, topic }) => {
                let place = Place { meeting: *meeting, topic: *topic };
                self.ratified = Some(place);
                if self.agenda == Some(place) {
                    self.come_to_an_end(place, Outcome::Adopted);
                }
            }
            Event::RatificationMissed(missed) => {
                self.missed.insert(missed.meeting);
            }
            Event::Scheduled(Scheduled { meeting, topic }) => {
                self.agenda = Some(Place { meeting: *meeting, topic: *topic });
                self.take_up_again();
            }
            Event::Decided(Decided { meeting, topic, outcome }) => {
                self.come_to_an_end(Place { meeting: *meeting, topic: *topic }, *outcome);
            }
            Event::Settled(settled) => self.phase = Phase::Settled(settled.resolution),
            Event::Reopened(reopened) => {
                let place = Place::of(reopened.resolution);
                self.phase = Phase::Decided(place, Outcome::Adopted);
            }
        }
    }
}
