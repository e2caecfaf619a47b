//! 异议: filed, answered, missed, escalated.

use super::*;

fn miss(objection: u32) -> Command {
    Command::MissAnswer { objection }
}

fn escalate(objection: u32) -> Command {
    Command::EscalateObjection { objection }
}

fn overdue(objection: u32, due: &str) -> Event {
    Event::ObjectionOverdue(ObjectionOverdue { objection, due: day(due) })
}

#[test]
fn it_is_in_time_until_the_end_of_the_last_day() {
    open()
        .at("2021-12-07T23:59:59+08:00")
        .when(object())
        .then([filed(1, "2021-12-12", false)])
        .at("2021-12-08T00:00:00+08:00")
        .when(object())
        .then([filed(2, "2021-12-13", true), escalated(2, Escalation::Late, "2021-12-13")]);
}

/// The days that were announced are kept, whatever an earlier objection brought about.
#[test]
fn a_period_cut_short_keeps_its_days() {
    awaiting_correction()
        .at("2021-12-07T12:00:00+08:00")
        .when(object())
        .then([filed(2, "2021-12-12", false)])
        .at("2021-12-08T12:00:00+08:00")
        .when(object())
        .then([filed(3, "2021-12-13", true), escalated(3, Escalation::Late, "2021-12-13")]);
    let stopped = executing()
        .when(object())
        .granted()
        .when(answer(1, Verdict::Upheld, true))
        .granted()
        .when(object());
    stopped.then([filed(2, "2021-12-13", true), escalated(2, Escalation::Late, "2021-12-13")]);
}

#[test]
fn it_is_kept_however_late() {
    for scene in [clean(), executing(), claimed(), verified(), completed()] {
        scene
            .at("2021-12-31T12:00:00+08:00")
            .by(Actor::resident())
            .when(object())
            .then([filed(1, "2022-01-05", true), escalated(1, Escalation::Late, "2022-01-05")]);
    }
}

#[test]
fn it_waits_for_the_publication() {
    adopted().when(object()).refused("resolution.not_publicised");
    given::<Resolution>([]).when(object()).refused("resolution.unadopted");
}

#[test]
fn the_objector_is_remembered() {
    let objector = Objector { person: person(40), sealed: digest(4) };
    let ground = text("选址离住户太近");
    let scene = open().when(Command::FileObjection { ground, objector: Some(objector) }).granted();
    let scene = scene.when(object()).granted();
    let of = |number| scene.state().objection(number).map(|objection| objection.objector);
    assert_eq!((of(1), of(2)), (Ok(Some(objector)), Ok(None)));
    for number in [0, 3, u32::MAX] {
        assert_eq!(of(number), Err(Rejection::UnknownObjection { objection: number }));
    }
}

#[test]
fn two_hundred_wait_at_once_and_no_more() {
    let full = (0..200).fold(open(), |scene, _| scene.when(object()).granted());
    full.when(object())
        .refused("resolution.too_many_objections")
        .when(answer(7, Verdict::Dismissed, false))
        .granted()
        .when(object())
        .then([filed(201, "2021-12-05", false)])
        .when(object())
        .refused("resolution.too_many_objections");
}

#[test]
fn the_village_answers_once() {
    open()
        .when(object())
        .granted()
        .when(answer(2, Verdict::Dismissed, false))
        .refused("resolution.unknown_objection")
        .when(answer(0, Verdict::Dismissed, false))
        .refused("resolution.unknown_objection")
        .when(answer(1, Verdict::Dismissed, false))
        .then([answered(1, Verdict::Dismissed)])
        .when(answer(1, Verdict::Upheld, true))
        .refused("resolution.already_answered")
        .when(miss(1))
        .refused("resolution.already_answered");
}

/// 山东省村务公开条例 §16–17: five days, then it goes up.
#[test]
fn what_the_village_leaves_goes_up_and_the_town_answers() {
    let up = open()
        .when(object())
        .then([filed(1, "2021-12-05", false)])
        .at("2021-12-05T23:59:59+08:00")
        .when(miss(1))
        .refused("resolution.answer_in_time")
        .at("2021-12-06T00:00:00+08:00")
        .when(miss(1))
        .then([overdue(1, "2021-12-05"), escalated(1, Escalation::Overdue, "2021-12-11")])
        .when(answer(1, Verdict::Dismissed, false))
        .refused("resolution.with_the_town");
    up.clone().when(answer(1, Verdict::Dismissed, true)).then([answered(1, Verdict::Dismissed)]);
    // The town has its days too; that they passed is stated once.
    up.at("2021-12-11T23:59:59+08:00")
        .when(miss(1))
        .refused("resolution.answer_in_time")
        .at("2021-12-12T00:00:00+08:00")
        .when(miss(1))
        .then([overdue(1, "2021-12-11")])
        .when(miss(1))
        .then([])
        .when(answer(1, Verdict::Dismissed, true))
        .granted();
}

#[test]
fn who_does_not_accept_the_village_s_answer_goes_up_once() {
    open()
        .when(object())
        .granted()
        .when(escalate(1))
        .refused("resolution.not_dismissed")
        .when(answer(1, Verdict::Dismissed, false))
        .granted()
        .at("2021-12-08T12:00:00+08:00")
        .when(Command::CloseNotice)
        .then([closed(1)])
        .when(escalate(1))
        .then([escalated(1, Escalation::Unsatisfied, "2021-12-13")])
        .when(escalate(1))
        .refused("resolution.not_dismissed")
        .when(assign(EXECUTOR, "2021-12-20"))
        .refused("resolution.open_objection")
        .when(answer(1, Verdict::Dismissed, true))
        .granted()
        .when(escalate(1))
        .refused("resolution.final_answer")
        .when(assign(EXECUTOR, "2021-12-20"))
        .granted();
}

/// What a unit above answers in the village's stead is the village's answer.
#[test]
fn an_answer_from_above_that_nobody_asked_for_is_not_final() {
    let answered =
        |verdict| open().when(object()).granted().when(answer(1, verdict, true)).granted();
    answered(Verdict::Dismissed).when(escalate(1)).then([escalated(
        1,
        Escalation::Unsatisfied,
        "2021-12-05",
    )]);
    answered(Verdict::Upheld).when(escalate(1)).refused("resolution.not_dismissed");
}

#[test]
fn others_learn_which_wait_and_until_when() {
    let scene = open().when(object()).granted().when(object()).granted();
    let scene = scene.at("2021-12-06T12:00:00+08:00").when(miss(2)).granted();
    let waiting: Vec<_> = scene.state().open_objections().collect();
    let objection = |desk, due| {
        let answer = Answer::Awaited { due: day(due), overdue: false };
        Objection { objector: None, desk, answer, escalate_until: None }
    };
    let expected = [objection(Desk::Own, "2021-12-05"), objection(Desk::Above, "2021-12-11")];
    assert_eq!(waiting, [(1, &expected[0]), (2, &expected[1])]);
    let scene = scene.when(answer(1, Verdict::Dismissed, false)).granted();
    assert_eq!(scene.state().open_objections().map(|(number, _)| number).collect::<Vec<_>>(), [2]);
    assert_eq!(scene.state().objection(1).unwrap().answer, Answer::Given(Verdict::Dismissed));
}

/// Nobody answers an objection of their own, nor dismisses one to what they decided; upholding it they may.
#[test]
fn nobody_dismisses_an_objection_to_their_own_vote() {
    let voter = Actor { person: Some(person(VOTERS[0])), ..actor(Role::LeadingGroup, "leader-1") };
    let filed = open().when(object()).granted();
    let scene = filed.clone().by(voter.clone());
    scene.clone().when(answer(1, Verdict::Dismissed, false)).refused("resolution.own_vote");
    scene.when(answer(1, Verdict::Upheld, false)).granted();
    let the_objector = Actor { person: Some(person(40)), ..voter };
    let again = Actor { id: crate::ActorId::new("leader-2").unwrap(), ..the_objector.clone() };
    let own = open().by(the_objector.clone()).when(object()).granted();
    for (account, verdict) in [(&the_objector, Verdict::Dismissed), (&again, Verdict::Upheld)] {
        let own = own.clone().by(account.clone());
        own.when(answer(1, verdict, true)).refused("resolution.own_objection");
    }
    // An objection from before says nothing of the account.
    let before = Event::ObjectionFiled(ObjectionFiled {
        objection: 1,
        ground: text("选址离住户太近"),
        objector: None,
        answer_due: day("2021-12-05"),
        late: false,
        by: None,
    });
    let resident = open().by(Actor::resident()).when(object()).then([before]);
    resident.by(again).when(answer(1, Verdict::Upheld, true)).granted();
    filed.by(the_objector).when(answer(1, Verdict::Dismissed, false)).granted();
}
