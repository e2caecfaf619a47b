//! 补录: an issue of which the register is on paper (附件2 问题登记簿).

use super::*;
use crate::backfill::{BackfillApproved, BackfillRefused, FromPaper};
use crate::service::Recorder;
use crate::testing::actor;
use crate::{Actor, Evidence, MediaType, Role};

fn photographs(count: u8) -> Vec<Evidence> {
    let one = |byte| Evidence { digest: digest(byte), media_type: MediaType::Png, bytes: 9 };
    (1..=count).map(one).collect()
}

fn clerk() -> Actor {
    Actor { person: Some(person(REGISTRAR)), ..actor(Role::GridWorker, "grid-1") }
}

fn another() -> Actor {
    actor(Role::UnitAdministrator, "administrator")
}

/// Raised two years ago.
fn from_paper(evidence: Vec<Evidence>) -> Box<Registered> {
    let paper = Some(FromPaper { recorder: Recorder::of(&clerk()), evidence });
    let raised_at = time("2019-10-08T09:00:00+08:00");
    Box::new(Registered { raised_at, paper, ..*registration(Source::GridWorker) })
}

fn entered() -> Scene<Issue> {
    given::<Issue>([])
        .by(clerk())
        .when(Command::Register(from_paper(photographs(2))))
        .then([Event::Registered(from_paper(photographs(2)))])
}

fn refuse() -> Command {
    Command::RefuseBackfill { reason: text("登记簿照片看不清日期") }
}

#[test]
fn the_paper_is_shown_and_may_be_older_than_a_year() {
    for (evidence, code) in [
        (vec![], "issue.no_photograph"),
        (photographs(21), "issue.too_much_evidence"),
        ([photographs(1), photographs(1)].concat(), "issue.same_evidence"),
    ] {
        given::<Issue>([]).when(Command::Register(from_paper(evidence))).refused(code);
    }
    entered();
}

#[test]
fn it_is_triaged_after_a_second_person_approved_it_and_answered_before_that() {
    let waiting = entered();
    assert!(!waiting.state().is_open());
    let triage = || Command::Triage { topic: topic("G2"), listed: true };
    let approved = BackfillApproved { approver: Recorder::of(&another()) };
    let approved = waiting
        .when(triage())
        .refused("issue.awaits_approval")
        .when(Command::Answer { answer: text("已转保洁员") })
        .granted()
        .when(Command::ApproveBackfill)
        .refused("issue.backfill_self_approved")
        .by(another())
        .when(Command::ApproveBackfill)
        .then([Event::BackfillApproved(approved)]);
    assert!(approved.state().is_open());
    approved.when(Command::ApproveBackfill).refused("issue.not_requested").when(triage()).granted();
}

#[test]
fn what_the_paper_does_not_bear_out_ends() {
    let refused = BackfillRefused { reason: text("登记簿照片看不清日期") };
    let refused = entered()
        .when(refuse())
        .refused("issue.backfill_self_approved")
        .by(another())
        .when(refuse())
        .then([Event::BackfillRefused(refused)]);
    assert_eq!(refused.state().stage(), Some(Stage::Rejected));
    refused.when(Command::ApproveBackfill).refused("issue.not_requested");
    having([]).when(refuse()).refused("issue.not_requested");
}
