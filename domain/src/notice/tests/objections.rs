//! 异议: who files and answers it, and when it goes up.

use super::*;
use crate::objection::Escalation;
use crate::testing::digest;

fn from_above(objection: u32, verdict: Verdict) -> Command {
    Command::AnswerObjection {
        objection, verdict, answer: text("已核查签到记录"), above: true
    }
}

fn miss(objection: u32) -> Command {
    Command::MissAnswer { objection }
}

fn escalate(objection: u32) -> Command {
    Command::EscalateObjection { objection }
}

fn overdue(objection: u32, due: &str) -> Event {
    Event::ObjectionOverdue(ObjectionOverdue { objection, due: day(due) })
}

fn escalated(objection: u32, cause: Escalation, answer_due: &str) -> Event {
    let answer_due = day(answer_due);
    Event::ObjectionEscalated(ObjectionEscalated { objection, cause, answer_due })
}

/// Somebody else of the unit that publishes.
fn unit() -> Actor {
    Actor { unit: Some(code("T1")), ..actor(Role::UnitAdministrator, "admin-1") }
}

#[test]
fn a_resident_objects_without_an_account() {
    let objector = Objector { person: person(40), sealed: digest(4) };
    let ground = || text("时长不实");
    let scene = notice()
        .by(Actor::resident())
        .when(Command::FileObjection { ground: ground(), objector: Some(objector) })
        .then([Event::ObjectionFiled(ObjectionFiled {
            objection: 1,
            ground: ground(),
            answer_due: day("2021-12-05"),
            objector: Some(objector),
            by: None,
        })])
        .when(object())
        .granted();
    assert_eq!(scene.state().objector(1), Ok(Some(person(40))));
    assert_eq!(scene.state().objector(2), Ok(None));
    assert_eq!(scene.state().objector(3), Err(Rejection::UnknownObjection { objection: 3 }));
    let full = (2..200).fold(scene, |scene, _| scene.when(object()).granted());
    full.when(object()).refused("notice.too_many_objections");
}

/// 山东省村务公开条例 §16–17, as for resolutions: five days, then it goes up.
#[test]
fn what_the_unit_leaves_goes_up() {
    let up = notice()
        .at("2021-11-24T12:00:00+08:00")
        .when(object())
        .then([filed(1, "2021-11-29")])
        .by(unit())
        .at("2021-11-29T23:59:59+08:00")
        .when(miss(1))
        .refused("notice.answer_in_time")
        .at("2021-11-30T00:00:00+08:00")
        .when(miss(1))
        .then([overdue(1, "2021-11-29"), escalated(1, Escalation::Overdue, "2021-12-05")])
        .when(answer(1, Verdict::Dismissed))
        .refused("notice.with_above");
    up.clone().when(from_above(1, Verdict::Upheld)).granted();
    up.at("2021-12-06T12:00:00+08:00")
        .when(miss(1))
        .then([overdue(1, "2021-12-05")])
        .when(miss(1))
        .then([])
        .when(Command::Close)
        .refused("notice.open_objection");
}

/// The notice of a star promises it: who does not accept the answer is answered by a unit above.
#[test]
fn a_notice_waits_for_who_may_take_an_answer_further() {
    let dismissed = notice()
        .when(object())
        .granted()
        .by(unit())
        .at("2021-12-03T12:00:00+08:00")
        .when(answer(1, Verdict::Dismissed))
        .then([answered(1, Verdict::Dismissed, Some("2021-12-08"))])
        .at("2021-12-08T23:59:59+08:00")
        .when(Command::Close)
        .refused("notice.may_go_up");
    let up = dismissed
        .clone()
        .when(escalate(1))
        .then([escalated(1, Escalation::Unsatisfied, "2021-12-13")])
        .when(from_above(1, Verdict::Dismissed))
        .then([answered(1, Verdict::Dismissed, None)]);
    up.when(Command::Close).then([closed(false)]);
    let over = dismissed.at("2021-12-09T00:00:00+08:00");
    over.when(Command::Close).then([closed(false)]).when(escalate(1)).refused("notice.ended");
    // What was answered before notices waited closes as it would have.
    let history = [published("2021-11-23", "2021-11-30"), filed(1, "2021-12-05")];
    given::<Notice>(history.into_iter().chain([answered(1, Verdict::Dismissed, None)]))
        .at("2021-12-03T12:00:00+08:00")
        .when(Command::Close)
        .then([closed(false)]);
}

#[test]
fn who_does_not_accept_the_unit_s_answer_goes_up_once() {
    let scene = notice()
        .when(object())
        .granted()
        .by(unit())
        .when(escalate(1))
        .refused("notice.not_dismissed")
        .when(answer(1, Verdict::Dismissed))
        .granted()
        .when(escalate(1))
        .then([escalated(1, Escalation::Unsatisfied, "2021-12-05")])
        .when(from_above(1, Verdict::Dismissed))
        .granted()
        .when(escalate(1))
        .refused("notice.final_answer");
    scene.at("2021-12-06T12:00:00+08:00").when(Command::Close).then([closed(false)]);
}

/// Nobody is above the county: what it leaves is stated, and waits for it.
#[test]
fn the_county_s_own_notice_is_answered_by_the_county() {
    let filed = given::<Notice>([]).when(publish(None)).granted().when(object()).granted();
    filed
        .clone()
        .by(unit())
        .when(answer(1, Verdict::Dismissed))
        .refused("notice.with_above")
        .at("2021-12-06T12:00:00+08:00")
        .when(miss(1))
        .then([overdue(1, "2021-12-05")]);
    filed.by(another()).when(from_above(1, Verdict::Dismissed)).granted();
}

#[test]
fn nobody_dismisses_an_objection_of_their_own() {
    let the_volunteer =
        Actor { person: Some(person(1)), ..actor(Role::UnitAdministrator, "admin-2") };
    let filed = notice().by(unit()).when(object()).granted();
    for verdict in [Verdict::Upheld, Verdict::Dismissed] {
        filed.clone().by(unit()).when(answer(1, verdict)).refused("notice.own_objection");
    }
    for decided in [office(), the_volunteer] {
        let scene = filed.clone().by(decided);
        scene.clone().when(answer(1, Verdict::Dismissed)).refused("notice.own_objection");
        scene.when(answer(1, Verdict::Upheld)).granted();
    }
    // The same person behind another account.
    let as_ = |id| Actor { person: Some(person(40)), ..actor(Role::UnitAdministrator, id) };
    let scene = notice().by(as_("admin-3")).when(object()).granted().by(as_("admin-4"));
    scene.when(answer(1, Verdict::Upheld)).refused("notice.own_objection");
    filed.by(another()).when(answer(1, Verdict::Dismissed)).granted();
}
