use domain::ResolutionId;
use domain::notice::Verdict;
use domain::privacy::mask_text;
use domain::resolution::{self, Escalation, Stage};
use jiff::Timestamp;

use super::ExecutionLedger;
use super::rows::{ObjectionText, Resolution};
use crate::{Fact, Fold, Rows, reads};

impl Fold<Rows<'_>> for ExecutionLedger {
    reads! { Rows<'_>: resolution }

    fn resolution(
        fact: &Fact,
        resolution: &ResolutionId,
        event: &resolution::Event,
        rows: &mut Rows<'_>,
    ) {
        on_resolution(rows, fact.recorded_at, *resolution, event);
    }
}

fn on_resolution(rows: &mut Rows<'_>, at: Timestamp, id: ResolutionId, event: &resolution::Event) {
    if let resolution::Event::Adopted(adopted) = event {
        rows.put(Resolution::adopted(id, at, adopted));
        return;
    }
    rows.update::<Resolution, _>(&id, |resolution| resolution.follow(at, event));
    if let resolution::Event::ObjectionFiled(filed) = event {
        let (objection, ground) = (filed.objection, filed.ground.to_string());
        rows.put(ObjectionText { resolution: id, objection, ground, answer: None });
    }
    if let resolution::Event::ObjectionAnswered(answered) = event {
        rows.update::<ObjectionText, _>(&(id, answered.objection), |text| {
            text.answer = Some(answered.answer.to_string());
        });
    }
}

impl Resolution {
    /// Takes in what happened after the adoption.
    fn follow(&mut self, at: Timestamp, event: &resolution::Event) {
        use resolution::Event;
        match event {
            // A resolution is adopted once.
            Event::Adopted(_) => {}
            Event::BackfillRequested(_) => self.notice_awaits_approval = true,
            Event::BackfillApproved(_) | Event::BackfillRefused(_) => {
                self.notice_awaits_approval = false;
            }
            Event::Publicised(publicised) => self.publicise(publicised),
            Event::ObjectionFiled(filed) => {
                self.objections_filed += 1;
                self.objections_open += 1;
                self.objections_late += u32::from(filed.late);
            }
            Event::ObjectionAnswered(answered) => self.answer(answered.verdict),
            Event::ObjectionOverdue(_) => self.objections_overdue += 1,
            Event::ObjectionEscalated(escalated) => self.escalate(escalated.cause),
            Event::Corrected(corrected) => {
                self.text = mask_text(corrected.text.as_str());
                self.corrections += 1;
            }
            Event::Withdrawn(_) => self.stage = Stage::Withdrawn,
            Event::NoticeClosed(_) => {
                (self.stage, self.notice_closed_at) = (Stage::Closed, Some(at));
            }
            Event::Assigned(assigned) => {
                self.stage = Stage::Executing;
                self.executor = Some(assigned.executor);
                self.office = Some(mask_text(assigned.office.as_str()));
                self.assigned_at = Some(at);
                self.be_due(assigned.due);
            }
            Event::Progressed(_) => {
                self.progress += 1;
                self.last_progress_at = Some(at);
            }
            Event::Extended(extended) => {
                self.extended += 1;
                self.be_due(extended.to);
            }
            Event::ExecutionOverdue(overdue) => self.overdue_since = Some(overdue.due),
            Event::CompletionClaimed(claimed) => {
                (self.stage, self.claimed_at) = (Stage::Claimed, Some(at));
                self.claims = claimed.claim;
            }
            Event::CompletionReturned(returned) => self.return_claim(at, returned),
            Event::CompletionVerified(verified) => {
                (self.stage, self.verified_at) = (Stage::Verified, Some(at));
                self.verifier = Some(verified.verifier);
                self.findings = Some(mask_text(verified.findings.as_str()));
                self.branch_informed_at = None;
            }
            Event::BranchInformed(_) => self.branch_informed_at = Some(at),
            Event::MeetingInformed(informed) => {
                self.meeting_informed = Some(informed.meeting);
                self.meeting_informed_at = Some(at);
            }
            Event::CompletionPublicised(done) => {
                (self.stage, self.completed_at) = (Stage::Completed, Some(at));
                self.result = Some(mask_text(done.result.as_str()));
            }
            Event::Reopened(_) => {
                self.stage = Stage::Closed;
                self.reopened += 1;
                self.start_anew();
            }
        }
    }

    fn publicise(&mut self, publicised: &resolution::Publicised) {
        let days = (publicised.closes_on - publicised.opens_on).get_days();
        self.notice_days_total += u32::try_from(days).unwrap_or(0);
        self.stage = Stage::Publicised;
        self.period = publicised.period;
        self.opens_on = Some(publicised.opens_on);
        self.closes_on = Some(publicised.closes_on);
        self.notice_backfilled = publicised.backfilled;
        self.notice_closed_at = None;
    }

    /// An upheld objection stops everything, whatever the stage.
    fn answer(&mut self, verdict: Verdict) {
        self.objections_open = self.objections_open.saturating_sub(1);
        match verdict {
            Verdict::Dismissed => {}
            Verdict::Upheld => {
                self.objections_upheld += 1;
                self.stage = Stage::AwaitingCorrection;
                self.start_anew();
            }
        }
    }

    /// Who does not accept a dismissal has no answer yet; the others were waiting anyway.
    fn escalate(&mut self, cause: Escalation) {
        self.objections_escalated += 1;
        match cause {
            Escalation::Unsatisfied => self.objections_open += 1,
            Escalation::Overdue | Escalation::Late => {}
        }
    }

    fn return_claim(&mut self, at: Timestamp, returned: &resolution::CompletionReturned) {
        (self.stage, self.claimed_at) = (Stage::Executing, None);
        (self.returns, self.returned_at) = (self.returns + 1, Some(at));
        self.verifier = Some(returned.verifier);
        self.findings = Some(mask_text(returned.findings.as_str()));
        self.be_due(returned.due);
    }

    /// That an earlier last day passed says nothing of this one.
    fn be_due(&mut self, due: jiff::civil::Date) {
        self.due = Some(due);
        self.overdue_since = self.overdue_since.filter(|passed| *passed == due);
    }

    /// Somebody has to be named again, and all that follows done again; how often things happened stays.
    fn start_anew(&mut self) {
        (self.executor, self.office, self.assigned_at) = (None, None, None);
        (self.due, self.overdue_since, self.claimed_at) = (None, None, None);
        (self.verifier, self.verified_at, self.findings) = (None, None, None);
        (self.branch_informed_at, self.meeting_informed, self.meeting_informed_at) =
            (None, None, None);
        (self.completed_at, self.result) = (None, None);
    }
}
