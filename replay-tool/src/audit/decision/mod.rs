//! A decision's life as its resolution's stream tells it, and what is found on the way.

mod backfill;
mod execution;
mod notice;

use std::collections::BTreeSet;

use domain::meeting::Body;
use domain::resolution::{Assigned, Escalation, Event, Stage};
use domain::{MeetingId, PersonId, ResolutionId, UnitCode};
use jiff::civil::Date;

use super::around::Around;
use super::duty::{Duties, Duty};
use super::finding::Finding;
use super::seen::Seen;
use super::verdict::{Claim, Verdict};
use backfill::Backfill;
pub use notice::Notice;

/// A meeting is to be told of the execution, and to ratify what could not wait, within so many days.
pub const MEETING_DAYS: i32 = 40;

/// A decision: a topic that a meeting adopted and that is to be executed.
pub struct Decision {
    /// The meeting and the topic.
    pub id: ResolutionId,
    /// The station's village.
    pub station: UnitCode,
    /// 标题.
    pub title: String,
    /// The day of the meeting.
    pub decided_on: Date,
    /// How far it has come; none while no sealed minutes say that it was adopted.
    pub stage: Option<Stage>,
    /// Which body took it, as its meeting was called.
    pub body: Option<Body>,
    /// Whether its adoption tells of a body. What was adopted before that is judged as it was then: nobody who voted verifies.
    pub tells_body: bool,
    /// Who voted.
    pub voters: BTreeSet<PersonId>,
    /// Who voted for it; none after a secret vote.
    pub in_favour: Option<BTreeSet<PersonId>>,
    /// A notice from paper.
    backfill: Backfill,
    /// The latest period.
    pub notice: Option<Notice>,
    /// Days for which the periods before it really stood.
    earlier_days: i32,
    /// 异议.
    pub objections: Objections,
    /// Whoever was to execute it at any time.
    pub executors: BTreeSet<PersonId>,
    /// The latest assignment.
    pub assigned: Option<Assigned>,
    /// The last day that was first set for the execution.
    pub first_due: Option<Date>,
    /// How often another last day was set since.
    pub due_moves: u32,
    /// The claim that waits for its verdict.
    pub claim: Option<Claim>,
    /// Days of claims so far.
    pub claims: Vec<Date>,
    /// Claims that were returned.
    pub returns: u32,
    /// What the supervision group said of claims.
    pub verdicts: Vec<Verdict>,
    /// Who verified it, and when.
    pub verified: Option<(Date, PersonId)>,
    /// When the party branch was told of that.
    pub branch: Option<Date>,
    /// Which meeting was told of it, and when.
    pub meeting: Option<(Date, MeetingId)>,
    /// When the completion was publicised.
    pub completed: Option<Date>,
    /// What is to be done.
    pub duties: Duties,
    /// What was found on the way.
    pub findings: Vec<Finding>,
}

/// How many objections there were.
#[derive(Default)]
pub struct Objections {
    /// 提出.
    pub filed: u32,
    /// 成立.
    pub upheld: u32,
}

impl Decision {
    /// A decision that a meeting took.
    pub fn new(id: ResolutionId, station: UnitCode, title: String, decided_on: Date) -> Self {
        Self {
            id,
            station,
            title,
            decided_on,
            stage: None,
            body: None,
            tells_body: false,
            voters: BTreeSet::new(),
            in_favour: None,
            backfill: Backfill::default(),
            notice: None,
            earlier_days: 0,
            objections: Objections::default(),
            executors: BTreeSet::new(),
            assigned: None,
            first_due: None,
            due_moves: 0,
            claim: None,
            claims: Vec::new(),
            returns: 0,
            verdicts: Vec::new(),
            verified: None,
            branch: None,
            meeting: None,
            completed: None,
            duties: Duties::default(),
            findings: Vec::new(),
        }
    }

    /// Who decided it, so that neither they nor their near relatives verify it: of the council those who voted for it, after a
    /// secret vote all who voted; nobody where everybody or their representatives were asked.
    pub fn deciders(&self) -> impl Iterator<Item = &PersonId> {
        let deciders = match self.body.filter(|_| self.tells_body) {
            None => Some(&self.voters),
            Some(Body::Council) => Some(self.in_favour.as_ref().unwrap_or(&self.voters)),
            Some(Body::Villagers | Body::Representatives | Body::Owners) => None,
        };
        deciders.into_iter().flatten()
    }

    /// Whether somebody is to execute it, or claimed to have done so.
    pub fn is_executed(&self) -> bool {
        matches!(self.stage, Some(Stage::Executing | Stage::Claimed))
    }

    /// Whether its latest period closed and no objection was upheld since.
    pub fn is_closed(&self) -> bool {
        self.notice.as_ref().is_some_and(|notice| notice.closed.is_some())
    }

    /// The minutes say that it was adopted: from now on it is to be carried out.
    pub fn take_effect(&mut self, seen: Seen<'_>) {
        if self.stage.is_none() {
            self.stage = Some(Stage::Adopted);
            self.duties.owe(Duty::Publicise, seen.step());
        }
    }

    /// Takes an event in, after the rules have looked at it.
    pub fn see(&mut self, event: &Event, seen: Seen<'_>, around: Around<'_>) {
        match event {
            Event::Adopted(adopted) => {
                self.tells_body = adopted.body.is_some();
                self.voters.extend(&adopted.voters);
                self.take_effect(seen);
            }
            Event::BackfillRequested(asked) => self.backfill_asked(asked),
            Event::BackfillApproved(approved) => self.backfill_approved(approved, seen),
            Event::BackfillRefused(_) => self.backfill = Backfill::default(),
            Event::Publicised(publicised) => self.publicised(publicised, seen),
            Event::ObjectionFiled(filed) => {
                self.objections.filed += 1;
                self.duties.owe(Duty::Answer(filed.objection), filed.answer_due);
            }
            Event::ObjectionAnswered(answered) => self.answered(answered, seen),
            Event::ObjectionEscalated(escalated) => {
                // That the village did not answer stays a finding while the town deals with it.
                if escalated.cause != Escalation::Overdue {
                    self.duties.owe(Duty::Answer(escalated.objection), escalated.answer_due);
                }
            }
            Event::ObjectionOverdue(_) | Event::ExecutionOverdue(_) | Event::Progressed(_) => {}
            Event::Corrected(_) => self.corrected(seen),
            Event::Withdrawn(_) => self.withdrawn(seen, around),
            Event::NoticeClosed(closed) => self.closed(closed, seen),
            Event::Assigned(assigned) => self.assigned(assigned, seen),
            Event::Extended(extended) => self.await_execution(extended.to, seen),
            Event::CompletionClaimed(_) => self.claimed(seen),
            Event::CompletionReturned(returned) => {
                self.judged((returned.verifier, false), seen, around);
                self.returns += 1;
                self.await_execution(returned.due, seen);
            }
            Event::CompletionVerified(verified) => self.verified(verified.verifier, seen, around),
            Event::BranchInformed(_) => self.branch_informed(seen),
            Event::MeetingInformed(informed) => self.heard(informed.meeting, seen, around),
            Event::CompletionPublicised(publicised) => self.completed(publicised, seen),
            Event::Reopened(_) => {
                self.undo();
                self.await_assignment(seen);
            }
        }
    }

    /// Notes that a step was taken, with a finding if that was late.
    pub fn done(&mut self, duty: Duty, seen: Seen<'_>) {
        self.findings.extend(self.duties.done(duty, seen.day));
    }
}
