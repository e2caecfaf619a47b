//! 决议: what a meeting decided, from its notice (公示) to the completion that residents can see.
//!
//! 1. What was adopted is publicised, and whoever objects is answered: by the village; or by the town, where
//!    the village kept silent, dismissed it, or the period was over ([`Objection`] tells which).
//! 2. An upheld objection stops everything at once, whatever the stage. The resolution is corrected, and then
//!    stands in a new period, or it is withdrawn. Objections that are still open stay open over a correction and
//!    are answered all the same: nobody has to file anew. A withdrawal ends them. Without an upheld objection
//!    only a unit above the village withdraws, before the completion: the village does not undo its own vote.
//! 3. Only what was publicised and has no open objection is assigned to a named person (基层援法议事工作方案 三(五)).
//! 4. Claimed is not done: the supervision group verifies or returns, and nobody verifies their own work or decision,
//!    nor that of a near relative (after 村民委员会组织法 §32). Whose decision it is, its adoption says: [`Adopted::deciders`].
//! 5. The party branch may be told at once what supervision found wrong on the way. That it is done is told to the branch,
//!    then to a meeting, then to the residents (基层援法议事工作方案 三(五)).

mod backfill;
mod commands;
mod events;
mod execution;
mod notice;
mod phase;
mod rejection;
mod stage;
mod supervision;
#[cfg(test)]
mod tests;

pub use commands::Command;
pub use events::{
    Adopted, Assigned, BackfillRequested, BranchInformed, CompletionClaimed, CompletionPublicised,
    CompletionReturned, CompletionVerified, Corrected, Event, ExecutionOverdue, Extended,
    MeetingInformed, NoticeClosed, ObjectionFiled, Progressed, Publicised, Reopened, Shown,
    Withdrawn,
};
pub use rejection::Rejection;
pub use stage::Stage;

pub use crate::objection::{
    Answer, Desk, Escalation, Objection, ObjectionAnswered, ObjectionEscalated, ObjectionOverdue,
    Objector,
};

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::notice::Verdict;
use crate::objection::Objections;
use crate::service::Recorder;
use crate::{Aggregate, Given, IssueId, PersonId, Text, UnitCode};
use phase::{Assignment, Informed, Phase, Verified};

/// A resolution as its own history tells it.
#[derive(Debug, Clone, Default)]
pub struct Resolution {
    /// As adopted; its text as last corrected.
    adopted: Option<Box<Adopted>>,
    phase: Phase,
    /// A notice from paper that waits for a second person.
    asked: Option<BackfillRequested>,
    /// Periods so far.
    periods: u32,
    objections: Objections,
    /// The accounts that objected.
    filed_by: BTreeMap<u32, Recorder>,
    /// Whoever was to execute it at any time.
    executors: BTreeSet<PersonId>,
    /// Claims of completion so far.
    claims: u32,
}

impl Resolution {
    /// 工作站: the village whose station adopted it.
    #[must_use]
    pub fn station(&self) -> Option<&UnitCode> {
        self.adopted.as_deref().map(|adopted| &adopted.station)
    }

    /// The issue it comes from.
    #[must_use]
    pub fn issue(&self) -> Option<IssueId> {
        self.adopted.as_deref().and_then(|adopted| adopted.issue)
    }

    /// 标题.
    #[must_use]
    pub fn title(&self) -> Option<&Text<80>> {
        self.adopted.as_deref().map(|adopted| &adopted.title)
    }

    /// What is to be done, as last corrected.
    #[must_use]
    pub fn text(&self) -> Option<&Text<500>> {
        self.adopted.as_deref().map(|adopted| &adopted.text)
    }

    /// Who decided it: none of them verifies it.
    #[must_use]
    pub fn deciders(&self) -> &[PersonId] {
        self.adopted.as_deref().map_or(&[], Adopted::deciders)
    }

    /// How far it has come; none before its adoption.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.phase.stage()
    }

    /// Last day of the period that runs.
    #[must_use]
    pub fn open_until(&self) -> Option<Date> {
        self.phase.open_until()
    }

    /// 执行人: who is to execute it, until supervision found it done.
    #[must_use]
    pub fn executor(&self) -> Option<PersonId> {
        self.phase.assignment().map(|assignment| assignment.executor)
    }

    /// Last day of the execution, until supervision found it done.
    #[must_use]
    pub fn due(&self) -> Option<Date> {
        self.phase.assignment().map(|assignment| assignment.due)
    }

    /// The objections that wait for an answer, with their numbers; of a withdrawn resolution, none does.
    pub fn open_objections(&self) -> impl Iterator<Item = (u32, &Objection)> {
        let withdrawn = self.phase == Phase::Withdrawn;
        self.objections.open().filter(move |_| !withdrawn)
    }

    /// An objection as it stands.
    ///
    /// # Errors
    /// When there is none of this number.
    pub fn objection(&self, objection: u32) -> Result<&Objection, Rejection> {
        Ok(self.objections.get(objection)?)
    }
}

impl Aggregate for Resolution {
    const CATEGORY: &'static str = "resolution";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        let event = match command {
            Command::Adopt(adopted) => self.adopt(adopted)?,
            Command::Publicise { evidence } => self.publicise(evidence, given)?,
            Command::RequestBackfill { posted_on, evidence } => {
                self.request_backfill(posted_on, evidence, given)?
            }
            Command::ApproveBackfill => return self.approve_backfill(given),
            Command::RefuseBackfill { reason } => self.refuse_backfill(reason, given)?,
            Command::FileObjection { ground, objector } => {
                return self.object(ground, objector, given);
            }
            Command::AnswerObjection { objection, verdict, answer, above } => {
                self.answer(objection, verdict, answer, above, given)?
            }
            Command::MissAnswer { objection } => return self.miss_answer(objection, given),
            Command::EscalateObjection { objection } => {
                self.phase.publicised()?;
                Event::ObjectionEscalated(self.objections.escalate(objection, given)?)
            }
            Command::Correct { text, reason, evidence } => {
                return self.correct(text, reason, evidence, given);
            }
            Command::Withdraw { reason, above } => self.withdraw(reason, above)?,
            Command::CloseNotice => self.close_notice(given)?,
            Command::Assign { executor, office, due } => {
                self.assign(executor, office, due, given)?
            }
            Command::Report { note, evidence } => self.report(note, evidence, given)?,
            Command::Extend { to, reason } => self.extend(to, reason, given)?,
            Command::RecordOverdue => return self.miss_due(given),
            Command::ClaimCompletion { note, evidence } => self.claim(note, evidence, given)?,
            Command::Return { verifier, findings, due } => {
                self.return_claim(&verifier, findings, due, given)?
            }
            Command::Verify { verifier, findings, evidence } => {
                self.verify(&verifier, findings, evidence, given)?
            }
            Command::InformBranch { findings } => self.inform_branch(findings)?,
            Command::InformMeeting { meeting, reported } => {
                self.inform_meeting(meeting, reported)?
            }
            Command::PubliciseCompletion { result, evidence } => {
                self.publicise_completion(result, evidence, given)?
            }
            Command::Reopen { reason, evidence } => self.reopen(reason, evidence)?,
        };
        Ok(vec![event])
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Adopted(adopted) => {
                self.adopted = Some(adopted.clone());
                self.phase = Phase::Adopted;
            }
            Event::BackfillRequested(asked) => self.asked = Some(asked.clone()),
            Event::BackfillApproved(_) | Event::BackfillRefused(_) => self.asked = None,
            Event::Publicised(publicised) => {
                self.periods = publicised.period;
                self.phase = Phase::Open { closes_on: publicised.closes_on };
            }
            Event::ObjectionFiled(filed) => {
                self.objections.filed(filed.objector, Desk::Own, filed.answer_due);
                self.filed_by.extend(filed.by.clone().map(|by| (filed.objection, by)));
            }
            Event::ObjectionAnswered(answered) => {
                self.objections.answered(answered);
                if answered.verdict == Verdict::Upheld {
                    self.phase = self.phase.stopped();
                }
            }
            Event::ObjectionOverdue(overdue) => self.objections.overdue(overdue),
            Event::ObjectionEscalated(escalated) => self.objections.escalated(escalated),
            Event::Corrected(corrected) => {
                if let Some(adopted) = &mut self.adopted {
                    adopted.text = corrected.text.clone();
                }
            }
            Event::Withdrawn(_) => self.phase = Phase::Withdrawn,
            Event::NoticeClosed(_) | Event::Reopened(_) => self.phase = Phase::Clean,
            Event::Assigned(assigned) => {
                self.executors.insert(assigned.executor);
                self.phase = self.phase.assigned(assigned);
            }
            Event::Progressed(_) => {}
            Event::Extended(extended) => self.phase = self.phase.executed_until(extended.to),
            Event::ExecutionOverdue(_) => self.phase = self.phase.overdue(),
            Event::CompletionClaimed(claimed) => {
                self.claims = claimed.claim;
                self.phase = self.phase.claimed(claimed.claim);
            }
            Event::CompletionReturned(returned) => {
                self.phase = self.phase.returned(returned.due);
            }
            Event::CompletionVerified(verified) => {
                let on = verified.verified_on;
                self.phase = Phase::Verified(Verified { on, informed: Informed::Nobody });
            }
            Event::BranchInformed(_) => self.phase = self.phase.informed(Informed::Branch),
            Event::MeetingInformed(_) => self.phase = self.phase.informed(Informed::Meeting),
            Event::CompletionPublicised(_) => self.phase = Phase::Completed,
        }
    }
}
