//! Who carries a decision out until when, who finds it done, and who is told.

use domain::resolution::{Assigned, CompletionPublicised, Stage};
use domain::{MeetingId, PersonId};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Around, Claim, Decision, Duty, MEETING_DAYS, Seen, Verdict};
use crate::audit::finding::place_of;
use crate::audit::known::Hand;
use crate::audit::rules;

impl Decision {
    pub(super) fn await_assignment(&mut self, seen: Seen<'_>) {
        self.duties.stop();
        self.duties.owe(Duty::Assign, seen.step());
        self.stage = Some(Stage::Closed);
    }

    pub(super) fn assigned(&mut self, assigned: &Assigned, seen: Seen<'_>) {
        self.findings.extend(rules::assigning(seen, self));
        self.done(Duty::Assign, seen);
        self.executors.insert(assigned.executor);
        let before = self.assigned.replace(assigned.clone());
        if let (Some(before), Some(now)) = (before, &mut self.assigned) {
            now.due = before.due;
        }
        self.await_execution(assigned.due, seen);
    }

    /// Sets the last day. Another day than before counts as a move, whoever set it.
    pub(super) fn await_execution(&mut self, due: Date, seen: Seen<'_>) {
        self.findings.extend(self.duties.put_off(Duty::Execute, due, seen.day));
        self.first_due.get_or_insert(due);
        if let Some(assigned) = &mut self.assigned {
            let before = std::mem::replace(&mut assigned.due, due);
            self.due_moves += u32::from(before != due);
        }
        self.stage = Some(Stage::Executing);
    }

    pub(super) fn claimed(&mut self, seen: Seen<'_>) {
        self.findings.extend(rules::claiming(seen, self));
        self.done(Duty::Execute, seen);
        self.claims.push(seen.day);
        self.claim = Some(Claim { by: seen.fact.metadata.actor.clone(), at: seen.at() });
        self.stage = Some(Stage::Claimed);
        self.duties.owe(Duty::Verify, seen.step());
    }

    pub(super) fn judged(
        &mut self,
        (verifier, done): (PersonId, bool),
        seen: Seen<'_>,
        around: Around<'_>,
    ) {
        let findings = rules::judging(seen, self, around.station, verifier);
        self.findings.extend(findings.iter().cloned());
        self.done(Duty::Verify, seen);
        let claim = self.claim.take();
        self.verdicts.push(Verdict {
            event: place_of(seen.fact),
            on: seen.day,
            at: seen.at(),
            verifier,
            by: Hand::from(&seen.fact.metadata.actor),
            done,
            claim: claim.map(|claim| (Hand::from(&claim.by), claim.at)),
            executors: self.executors.iter().copied().collect(),
            findings,
        });
    }

    pub(super) fn verified(&mut self, verifier: PersonId, seen: Seen<'_>, around: Around<'_>) {
        self.judged((verifier, true), seen, around);
        self.verified = Some((seen.day, verifier));
        (self.branch, self.meeting) = (None, None);
        self.stage = Some(Stage::Verified);
        self.duties.stop();
        self.duties.owe(Duty::InformBranch, seen.step());
    }

    /// Only what the branch is told after a verification counts.
    pub(super) fn branch_informed(&mut self, seen: Seen<'_>) {
        if self.verified.is_none() {
            return;
        }
        self.done(Duty::InformBranch, seen);
        self.branch = Some(seen.day);
        self.duties.owe(Duty::InformMeeting, seen.day.saturating_add(MEETING_DAYS.days()));
    }

    pub(super) fn heard(&mut self, meeting: MeetingId, seen: Seen<'_>, around: Around<'_>) {
        self.findings.extend(rules::informing(seen, self, around.meetings.get(&meeting)));
        self.done(Duty::InformMeeting, seen);
        self.meeting = Some((seen.day, meeting));
        self.duties.owe(Duty::PubliciseCompletion, seen.step());
    }

    pub(super) fn completed(&mut self, publicised: &CompletionPublicised, seen: Seen<'_>) {
        let (opens_on, closes_on) = (publicised.opens_on, publicised.closes_on);
        self.findings.extend(rules::publicising(seen, (Some(seen.day), opens_on), closes_on));
        self.findings.extend(rules::completing(seen, self));
        self.done(Duty::PubliciseCompletion, seen);
        self.duties.stop();
        self.completed = Some(seen.day);
        self.stage = Some(Stage::Completed);
    }

    /// The execution and all that followed no longer count.
    pub(super) fn undo(&mut self) {
        self.assigned = None;
        self.first_due = None;
        self.due_moves = 0;
        self.claim = None;
        self.verified = None;
        self.branch = None;
        self.meeting = None;
        self.completed = None;
    }
}
