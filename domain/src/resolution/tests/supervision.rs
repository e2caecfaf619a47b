//! 监督反馈: returned or verified; branch, meeting, residents; reopened.

use super::*;

fn returned(claim: u32, due: &str) -> Event {
    let (verifier, findings) = (person(SUPERVISOR), text("只建成一处"));
    Event::CompletionReturned(CompletionReturned { claim, verifier, findings, due: day(due) })
}

fn branch_knows() -> Event {
    Event::BranchInformed(BranchInformed { findings: text("两处均已使用") })
}

fn meeting_knows() -> Event {
    Event::MeetingInformed(MeetingInformed { meeting: meeting_id() })
}

fn completion_publicised(opens_on: &str, closes_on: &str) -> Event {
    Event::CompletionPublicised(CompletionPublicised {
        opens_on: day(opens_on),
        closes_on: day(closes_on),
        result: text("两处收集点已启用"),
        evidence: evidence(),
    })
}

#[test]
fn claimed_is_not_done() {
    executing()
        .by(account(SUPERVISOR))
        .when(verify(supervisor(SUPERVISOR)))
        .refused("resolution.not_claimed");
    claimed().when(publicise_completion()).refused("resolution.not_verified");
}

/// 基层援法议事工作方案 三(五): what is wrong is told in time, and what is done is told all the same.
#[test]
fn the_branch_learns_at_once_what_is_wrong() {
    executing().when(inform_branch()).refused("resolution.nothing_found");
    let overdue =
        executing().at("2021-12-21T12:00:00+08:00").when(Command::RecordOverdue).granted();
    let returned = claimed()
        .by(account(SUPERVISOR))
        .when(send_back(supervisor(SUPERVISOR), Some("2021-12-20")))
        .granted();
    let passed_on = returned.clone().when(assign(4, "2021-12-18")).granted();
    let extend = Command::Extend { to: day("2021-12-31"), reason: text("雨天无法施工") };
    let extended = overdue.clone().when(extend).granted();
    for scene in [overdue, returned, passed_on, extended, claimed()] {
        let (stage, due) = (scene.state().stage(), scene.state().due());
        let informed = scene.when(inform_branch()).then([branch_knows()]);
        assert_eq!((informed.state().stage(), informed.state().due()), (stage, due));
        informed.when(inform_branch()).then([branch_knows()]);
    }
    claimed()
        .when(inform_branch())
        .granted()
        .by(account(SUPERVISOR))
        .when(verify(supervisor(SUPERVISOR)))
        .granted()
        .when(inform_meeting(Some("2021-12-15")))
        .refused("resolution.branch_not_informed")
        .when(inform_branch())
        .then([branch_knows()]);
}

#[test]
fn what_is_returned_has_another_last_day_and_is_claimed_anew() {
    let scene = claimed().by(account(SUPERVISOR));
    let send_back = |due| send_back(supervisor(SUPERVISOR), due);
    scene.clone().when(send_back(Some("2021-12-14"))).refused("resolution.due_in_past");
    scene.clone().when(send_back(Some("2024-12-16"))).refused("resolution.due_too_far");
    scene.clone().when(send_back(Some("2021-12-15"))).then([returned(1, "2021-12-15")]);
    // Without a day, the rulebook's days for a step.
    let again = scene
        .when(send_back(None))
        .then([returned(1, "2021-12-25")])
        .when(verify(supervisor(SUPERVISOR)))
        .refused("resolution.not_claimed");
    assert_eq!(again.state().due(), Some(day("2021-12-25")));
    again
        .by(account(EXECUTOR))
        .when(claim())
        .then([completion_claimed(2)])
        .by(account(SUPERVISOR))
        .when(verify(supervisor(SUPERVISOR)))
        .then([completion_verified(2, SUPERVISOR)]);
}

#[test]
fn findings_go_to_the_branch_then_to_a_meeting_then_to_the_residents() {
    claimed()
        .by(account(SUPERVISOR))
        .when(verify(supervisor(SUPERVISOR)))
        .then([completion_verified(1, SUPERVISOR)])
        .when(inform_meeting(Some("2021-12-15")))
        .refused("resolution.branch_not_informed")
        .when(publicise_completion())
        .refused("resolution.branch_not_informed")
        .when(inform_branch())
        .then([branch_knows()])
        .when(inform_branch())
        .refused("resolution.branch_knows")
        .when(publicise_completion())
        .refused("resolution.meeting_not_informed")
        .when(inform_meeting(None))
        .refused("resolution.not_reported")
        .when(inform_meeting(Some("2021-12-14")))
        .refused("resolution.held_before")
        .when(inform_meeting(Some("2021-12-15")))
        .then([meeting_knows()])
        .when(inform_meeting(Some("2021-12-15")))
        .refused("resolution.meeting_knows")
        .when(publicise_completion())
        .then([completion_publicised("2021-12-15", "2021-12-22")])
        .when(publicise_completion())
        .refused("resolution.not_verified");
}

/// What was told of an earlier completion does not tell of this one.
#[test]
fn a_meeting_is_informed_of_the_present_verification() {
    let again = meeting_informed()
        .when(reopen())
        .granted()
        .when(assign(EXECUTOR, "2021-12-31"))
        .granted()
        .at("2021-12-20T12:00:00+08:00")
        .by(account(EXECUTOR))
        .when(claim())
        .granted()
        .by(account(SUPERVISOR))
        .when(verify(supervisor(SUPERVISOR)))
        .granted()
        .when(inform_branch())
        .granted();
    again
        .when(inform_meeting(Some("2021-12-19")))
        .refused("resolution.held_before")
        .when(inform_meeting(Some("2021-12-20")))
        .then([meeting_knows()]);
}

#[test]
fn nothing_is_shown_as_done_over_an_open_objection() {
    meeting_informed()
        .by(Actor::resident())
        .when(object())
        .granted()
        .when(publicise_completion())
        .refused("resolution.open_objection")
        .when(answer(1, Verdict::Dismissed, true))
        .granted()
        .when(publicise_completion())
        .granted();
}

#[test]
fn what_is_not_done_after_all_is_reopened_and_assigned_anew() {
    claimed().when(reopen()).refused("resolution.not_done");
    for scene in [verified(), branch_informed(), meeting_informed(), completed()] {
        scene
            .when(reopen())
            .then([reopened()])
            .when(reopen())
            .refused("resolution.not_done")
            .by(account(EXECUTOR))
            .when(claim())
            .refused("resolution.not_executing")
            .when(assign(EXECUTOR, "2021-12-31"))
            .then([assigned(EXECUTOR, "2021-12-31")])
            .when(claim())
            .then([completion_claimed(2)])
            .by(account(SUPERVISOR))
            .when(verify(supervisor(SUPERVISOR)))
            .then([completion_verified(2, SUPERVISOR)])
            .when(publicise_completion())
            .refused("resolution.branch_not_informed");
    }
}
