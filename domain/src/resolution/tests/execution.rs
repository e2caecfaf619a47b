//! 执行: assigned, reported, extended, overdue, claimed.

use super::*;

fn report(evidence: Vec<Evidence>) -> Command {
    Command::Report { note: text("已完成选址"), evidence }
}

fn extend(to: &str) -> Command {
    Command::Extend { to: day(to), reason: text("雨天无法施工") }
}

fn extended(from: &str, to: &str) -> Event {
    Event::Extended(Extended { from: day(from), to: day(to), reason: text("雨天无法施工") })
}

fn execution_overdue(due: &str) -> Event {
    Event::ExecutionOverdue(ExecutionOverdue { due: day(due) })
}

/// So many pieces, all different.
fn pieces(count: u8) -> Vec<Evidence> {
    (1..=count)
        .map(|byte| Evidence { digest: digest(byte), media_type: MediaType::Png, bytes: 1 })
        .collect()
}

#[test]
fn it_is_assigned_after_a_clean_notice_to_a_named_person_with_a_last_day() {
    open().when(assign(EXECUTOR, "2021-12-20")).refused("resolution.not_closed");
    for (due, refused) in
        [("2021-12-07", "resolution.due_in_past"), ("2024-12-09", "resolution.due_too_far")]
    {
        clean().when(assign(EXECUTOR, due)).refused(refused);
    }
    for due in ["2021-12-08", "2024-12-08"] {
        clean().when(assign(EXECUTOR, due)).then([assigned(EXECUTOR, due)]);
    }
}

#[test]
fn a_late_objection_blocks_the_assignment_until_it_is_answered() {
    for scene in [clean(), executing()] {
        scene
            .when(object())
            .granted()
            .when(assign(4, "2021-12-20"))
            .refused("resolution.open_objection")
            .when(answer(1, Verdict::Dismissed, true))
            .granted()
            .when(assign(4, "2021-12-20"))
            .granted();
    }
}

#[test]
fn somebody_else_goes_on_where_the_executor_left() {
    let scene = executing()
        .when(assign(4, "2021-12-20"))
        .then([assigned(4, "2021-12-20")])
        .by(account(EXECUTOR))
        .when(claim())
        .refused("resolution.not_the_executor")
        .by(account(4))
        .when(claim())
        .then([completion_claimed(1)])
        .when(assign(5, "2021-12-25"))
        .refused("resolution.not_closed");
    assert_eq!(scene.state().executor(), Some(person(4)));
}

#[test]
fn passing_it_on_buys_no_time() {
    executing()
        .when(assign(EXECUTOR, "2021-12-20"))
        .refused("resolution.same_executor")
        .when(assign(4, "2021-12-21"))
        .refused("resolution.more_time")
        .when(assign(4, "2021-12-07"))
        .refused("resolution.due_in_past")
        .by(account(EXECUTOR))
        .when(assign(4, "2021-12-20"))
        .refused("resolution.passed_on")
        .by(account(4))
        .when(assign(4, "2021-12-19"))
        .then([assigned(4, "2021-12-19")]);
}

#[test]
fn a_last_day_that_passed_has_passed_for_whoever_goes_on() {
    executing()
        .at("2021-12-21T00:00:00+08:00")
        .when(Command::RecordOverdue)
        .then([execution_overdue("2021-12-20")])
        .when(assign(4, "2021-12-21"))
        .refused("resolution.more_time")
        .when(assign(4, "2021-12-20"))
        .then([assigned(4, "2021-12-20")])
        .when(Command::RecordOverdue)
        .then([])
        .when(extend("2021-12-21"))
        .granted()
        .at("2021-12-22T00:00:00+08:00")
        .when(Command::RecordOverdue)
        .then([execution_overdue("2021-12-21")]);
}

#[test]
fn only_the_executor_reports_and_claims() {
    for somebody in [account(SUPERVISOR), account(1), actor(Role::CountyOffice, "office")] {
        let scene = executing().by(somebody);
        scene.clone().when(report(vec![])).refused("resolution.not_the_executor");
        scene.when(claim()).refused("resolution.not_the_executor");
    }
    let progressed = Progressed { note: text("已完成选址"), evidence: vec![] };
    executing()
        .by(account(EXECUTOR))
        .when(report(vec![]))
        .then([Event::Progressed(progressed)])
        .when(claim())
        .then([completion_claimed(1)])
        .when(claim())
        .refused("resolution.not_executing")
        .when(report(vec![]))
        .refused("resolution.not_executing");
}

#[test]
fn a_claim_shows_something_and_every_list_shows_each_piece_once() {
    let scene = || executing().by(account(EXECUTOR));
    let claim = |evidence| Command::ClaimCompletion { note: text("已启用"), evidence };
    scene().when(claim(vec![])).refused("resolution.no_evidence");
    scene().when(claim(pieces(21))).refused("resolution.too_much_evidence");
    scene().when(claim([pieces(3), pieces(1)].concat())).refused("resolution.same_evidence");
    scene().when(claim(pieces(1))).granted();
    scene().when(claim(pieces(20))).granted();
    let twice = || [pieces(1), pieces(1)].concat();
    let (body, reason) = (text("改址"), text("异议成立"));
    let by_supervisor = |scene: Scene<Resolution>| scene.by(account(SUPERVISOR));
    for (scene, command) in [
        (adopted(), Command::Publicise { evidence: twice() }),
        (awaiting_correction(), Command::Correct { text: body, reason, evidence: twice() }),
        (scene(), report(twice())),
        (
            by_supervisor(claimed()),
            Command::Verify {
                verifier: supervisor(SUPERVISOR),
                findings: text("已启用"),
                evidence: twice(),
            },
        ),
        (
            meeting_informed(),
            Command::PubliciseCompletion { result: text("已启用"), evidence: twice() },
        ),
        (completed(), Command::Reopen { reason: text("已停用"), evidence: twice() }),
    ] {
        scene.when(command).refused("resolution.same_evidence");
    }
}

#[test]
fn an_extension_goes_beyond_the_last_day_and_is_given_by_another() {
    let scene = executing()
        .by(account(EXECUTOR))
        .when(extend("2021-12-31"))
        .refused("resolution.self_extended")
        .by(actor(Role::LeadingGroup, "leading"))
        .when(extend("2021-12-20"))
        .refused("resolution.not_later")
        .when(extend("2024-12-09"))
        .refused("resolution.due_too_far")
        .when(extend("2021-12-21"))
        .then([extended("2021-12-20", "2021-12-21")]);
    assert_eq!(scene.state().due(), Some(day("2021-12-21")));
    // After the last day too, though not to a day that has passed as well.
    scene
        .at("2021-12-25T12:00:00+08:00")
        .when(extend("2021-12-24"))
        .refused("resolution.due_in_past")
        .when(extend("2021-12-25"))
        .then([extended("2021-12-21", "2021-12-25")]);
}

#[test]
fn each_last_day_passes_once() {
    executing()
        .at("2021-12-20T23:59:59+08:00")
        .when(Command::RecordOverdue)
        .refused("resolution.in_time")
        .at("2021-12-21T00:00:00+08:00")
        .when(Command::RecordOverdue)
        .then([execution_overdue("2021-12-20")])
        .when(Command::RecordOverdue)
        .then([])
        .when(extend("2021-12-22"))
        .granted()
        .when(Command::RecordOverdue)
        .refused("resolution.in_time")
        .at("2021-12-23T12:00:00+08:00")
        .when(Command::RecordOverdue)
        .then([execution_overdue("2021-12-22")])
        .by(account(EXECUTOR))
        .when(claim())
        .then([completion_claimed(1)]);
}

#[test]
fn no_last_day_passes_while_a_claim_waits() {
    claimed()
        .at("2022-01-10T12:00:00+08:00")
        .when(Command::RecordOverdue)
        .refused("resolution.not_executing")
        .by(account(SUPERVISOR))
        .when(send_back(supervisor(SUPERVISOR), Some("2022-01-10")))
        .granted()
        .when(Command::RecordOverdue)
        .refused("resolution.in_time")
        .at("2022-01-11T12:00:00+08:00")
        .when(Command::RecordOverdue)
        .then([execution_overdue("2022-01-10")]);
}
