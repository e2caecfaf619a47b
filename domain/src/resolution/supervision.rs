//! 监督反馈: the supervision group verifies or returns; branch, meeting and residents learn what it found.

use jiff::civil::Date;

use super::execution::fit_to_be_due;
use super::{
    BranchInformed, CompletionPublicised, CompletionReturned, CompletionVerified, Event, Informed,
    MeetingInformed, Rejection, Reopened, Resolution, Stage,
};
use crate::station::{Group, Standing};
use crate::time::days_after;
use crate::{Evidence, Given, MeetingId, PersonId, Text};

impl Resolution {
    pub(super) fn return_claim(
        &self,
        verifier: &Standing,
        findings: Text<500>,
        due: Option<Date>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let (claim, verifier) = self.claim_before(verifier, given)?;
        let step_days = *given.rulebook.rules.deliberation().step_days;
        let due = due.unwrap_or_else(|| days_after(given.today(), step_days));
        fit_to_be_due(due, given)?;
        Ok(Event::CompletionReturned(CompletionReturned { claim, verifier, findings, due }))
    }

    pub(super) fn verify(
        &self,
        verifier: &Standing,
        findings: Text<500>,
        evidence: Vec<Evidence>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        let (claim, verifier) = self.claim_before(verifier, given)?;
        Evidence::check(&evidence)?;
        let verified_on = Some(given.today());
        Ok(Event::CompletionVerified(CompletionVerified {
            claim,
            verifier,
            findings,
            verified_on,
            evidence,
        }))
    }

    /// The claim that waits, before somebody who may judge it (after 村民委员会组织法 §32): of the supervision
    /// group; not of those who governed when it was decided or later; neither executor, now or earlier, nor decider; and no
    /// near relative of any of them on that day or later. Only the executor claims, so this also keeps out whoever made the
    /// claim.
    fn claim_before(
        &self,
        verifier: &Standing,
        given: &Given<'_>,
    ) -> Result<(u32, PersonId), Rejection> {
        let (claim, assignment) = self.phase.claim()?;
        let person = verifier.person.filter(|person| given.actor.person == Some(*person));
        let person = person.ok_or(Rejection::VerifierUnknown {})?;
        if !verifier.is_in(Group::Supervision) {
            return Err(Rejection::NotInSupervision {});
        }
        let adopted = self.adopted.as_deref().ok_or(Rejection::Unadopted {})?;
        let since = adopted.decided_on;
        if verifier.governed_until.is_some_and(|last| last >= since) {
            return Err(Rejection::VerifierGoverned {});
        }
        if person == assignment.executor {
            return Err(Rejection::VerifierExecutes {});
        }
        if self.executors.contains(&person) {
            return Err(Rejection::VerifierExecuted {});
        }
        if adopted.deciders().contains(&person) {
            return Err(Rejection::VerifierDecided {});
        }
        if self.executors.iter().any(|&executor| verifier.is_close_to(executor, since)) {
            return Err(Rejection::RelatedToExecutor {});
        }
        if adopted.deciders().iter().any(|&decider| verifier.is_close_to(decider, since)) {
            return Err(Rejection::RelatedToDecider {});
        }
        // What was adopted before bodies were told of is judged as it was then.
        let of_those_who_govern = verifier.kin_governed_until.is_some_and(|last| last >= since);
        if adopted.body.is_some() && of_those_who_govern {
            return Err(Rejection::RelatedToGoverning {});
        }
        Ok((claim, person))
    }

    /// 及时反馈发现的问题: before the verification too; that is owed anew after it.
    pub(super) fn inform_branch(&self, findings: Text<500>) -> Result<Event, Rejection> {
        self.phase.for_the_branch()?;
        Ok(Event::BranchInformed(BranchInformed { findings }))
    }

    pub(super) fn inform_meeting(
        &self,
        meeting: MeetingId,
        reported: Option<Date>,
    ) -> Result<Event, Rejection> {
        let verified = self.phase.verified()?;
        match verified.informed {
            Informed::Nobody => return Err(Rejection::BranchNotInformed {}),
            Informed::Meeting => return Err(Rejection::MeetingKnows {}),
            Informed::Branch => {}
        }
        let held_on = reported.ok_or(Rejection::NotReported { meeting })?;
        match verified.on {
            Some(verified_on) if held_on < verified_on => {
                Err(Rejection::HeldBefore { meeting, held_on, verified_on })
            }
            Some(_) | None => Ok(Event::MeetingInformed(MeetingInformed { meeting })),
        }
    }

    pub(super) fn publicise_completion(
        &self,
        result: Text<500>,
        evidence: Vec<Evidence>,
        given: &Given<'_>,
    ) -> Result<Event, Rejection> {
        match self.phase.verified()?.informed {
            Informed::Nobody => return Err(Rejection::BranchNotInformed {}),
            Informed::Branch => return Err(Rejection::MeetingNotInformed {}),
            Informed::Meeting => {}
        }
        self.objections.none_open()?;
        Evidence::check(&evidence)?;
        let opens_on = given.today();
        let days = *given.rulebook.rules.deliberation().resolution_notice_days;
        let closes_on = days_after(opens_on, days);
        Ok(Event::CompletionPublicised(CompletionPublicised {
            opens_on,
            closes_on,
            result,
            evidence,
        }))
    }

    /// Puts it back to before its assignment; all that follows is done anew.
    pub(super) fn reopen(
        &self,
        reason: Text<500>,
        evidence: Vec<Evidence>,
    ) -> Result<Event, Rejection> {
        let stage = self.phase.live()?;
        if !matches!(stage, Stage::Verified | Stage::Completed) {
            return Err(Rejection::NotDone { stage });
        }
        Evidence::check(&evidence)?;
        Ok(Event::Reopened(Reopened { reason, evidence }))
    }
}
