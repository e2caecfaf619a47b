//! 广场、楼栋、现场议事 and 四议两公开.

use super::deliberating::{decide, schedule};
use super::*;
use crate::meeting::Form;
use crate::{Evidence, MediaType};

fn heard(form: Form, people: u32, on: &str) -> Command {
    let (place, opinions) = (text("中心广场"), text("多数希望增设照明"));
    Command::CollectOpinions(Box::new(OpinionsCollected {
        form,
        held_on: day(on),
        place,
        people,
        opinions,
    }))
}

fn on_the_square() -> Command {
    heard(Form::Square, 36, "2021-11-30")
}

fn settle() -> Command {
    Command::Settle { resolution: None, result: text("当场清理完毕") }
}

#[test]
fn opinions_are_collected_where_people_are() {
    let issue = having([])
        .when(heard(Form::Room, 36, "2021-11-30"))
        .refused("issue.in_room")
        .when(heard(Form::Building, 0, "2021-11-30"))
        .refused("issue.nobody_there")
        .when(heard(Form::OnSite, 1, "2021-12-01"))
        .refused("issue.not_held_yet")
        .when(on_the_square())
        .granted();
    let often = (1..20).fold(issue, |issue, _| issue.when(on_the_square()).granted());
    often.when(on_the_square()).refused("issue.enough_opinions");
    having([Event::Rejected(Rejected { reason: text("属个人纠纷") })])
        .when(on_the_square())
        .refused("issue.ended");
}

/// 003 三(二): 楼栋议事 in the days between the call and the meeting, and before an issue that was voted down is taken up again.
#[test]
fn opinions_are_collected_while_a_meeting_is_called() {
    let called = having(accepted()).when(schedule(1, 1)).granted().when(on_the_square()).granted();
    let denied = called.when(decide(1, 1, Outcome::NotAdopted)).granted();
    denied.when(on_the_square()).granted().when(schedule(2, 1)).granted();
    let adopted = having(accepted()).when(schedule(1, 1)).granted();
    let adopted = adopted.when(decide(1, 1, Outcome::Adopted)).granted();
    adopted.when(on_the_square()).refused("issue.ended");
}

/// They lead to a settlement on the spot, or to a meeting like any other issue.
#[test]
fn what_is_said_on_the_spot_settles_an_issue_or_goes_on_to_a_meeting() {
    let settled = having([]).when(settle()).refused("issue.unanswered").when(on_the_square());
    let settled = settled.granted().when(settle()).granted();
    assert_eq!(settled.state().stage(), Some(Stage::Settled));
    let accepted = having(accepted()).when(on_the_square()).granted();
    accepted.clone().when(settle()).refused("issue.awaits_meeting");
    assert_eq!(accepted.state().fits_agenda(false), Ok(()));
    online().when(on_the_square()).granted().when(settle()).refused("issue.unanswered");
}

fn piece() -> Evidence {
    Evidence { digest: digest(1), media_type: MediaType::Jpeg, bytes: 100 }
}

fn step(step: Step, on: &str) -> Command {
    let (conclusion, evidence) = (text("同意"), vec![piece()]);
    Command::TakeStep { step, held_on: day(on), conclusion, evidence }
}

/// 四议两公开: proposed by the branch, consulted on by the two committees, reviewed by the party members, in this order.
#[test]
fn no_step_of_a_great_matter_is_skipped() {
    use Step::{BranchProposal, Consultation, PartyReview};
    let on = "2021-11-29";
    having([]).when(step(BranchProposal, on)).refused("issue.not_triaged");
    having([triaged("G2")]).when(step(BranchProposal, on)).refused("issue.not_great");
    let issue = having([triaged("G1")])
        .when(step(Consultation, on))
        .refused("issue.step_out_of_turn")
        .when(step(BranchProposal, "2021-12-01"))
        .refused("issue.not_held_yet")
        // It was raised on the 29th.
        .when(step(BranchProposal, "2021-11-28"))
        .refused("issue.step_too_early")
        .when(step(BranchProposal, on))
        .granted()
        .when(step(PartyReview, on))
        .refused("issue.step_out_of_turn")
        .when(step(BranchProposal, on))
        .refused("issue.step_out_of_turn")
        .when(step(Consultation, on))
        .granted();
    assert!(!issue.state().is_prepared());
    let shown = |evidence| {
        let (held_on, conclusion) = (day("2021-11-30"), text("同意"));
        Command::TakeStep { step: PartyReview, held_on, conclusion, evidence }
    };
    let issue = issue
        .when(shown(vec![piece(); 2]))
        .refused("issue.same_evidence")
        .when(shown(vec![piece(); 21]))
        .refused("issue.too_much_evidence")
        .when(shown(vec![]))
        .refused("issue.step_unproven")
        .when(shown(vec![piece()]))
        .granted();
    assert!(issue.state().is_prepared());
    assert_eq!(issue.state().listed(), Some(&topic("G1")));
    issue.when(step(PartyReview, on)).refused("issue.steps_taken");
}

#[test]
fn no_step_is_before_the_one_before_it() {
    let later = having([triaged("G1")]).when(step(Step::BranchProposal, "2021-11-30")).granted();
    later.when(step(Step::Consultation, "2021-11-29")).refused("issue.step_too_early");
}

/// An item that the rulebook lists as great only since an issue was voted down: it takes its steps before it comes back.
#[test]
fn a_great_matter_that_was_voted_down_takes_its_steps() {
    let great = [triaged("G1"), Event::Accepted(Accepted { topic: topic("G1") })];
    let called = having(great).when(schedule(1, 1)).granted();
    let on = "2021-11-29";
    called.clone().when(step(Step::BranchProposal, on)).refused("issue.on_agenda");
    let denied = called.when(decide(1, 1, Outcome::NotAdopted)).granted();
    let prepared = Step::ALL.iter().fold(denied, |issue, it| issue.when(step(*it, on)).granted());
    assert!(prepared.state().is_prepared());
    prepared.when(schedule(2, 1)).granted();
}
