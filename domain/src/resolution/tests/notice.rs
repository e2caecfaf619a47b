//! 公示、修正、撤销.

use super::*;

#[test]
fn it_is_adopted_once() {
    given::<Resolution>([])
        .when(Command::Adopt(the_adopted()))
        .then([Event::Adopted(the_adopted())])
        .when(Command::Adopt(the_adopted()))
        .refused("resolution.already_adopted");
}

/// With as many voters as a meeting has, and the longest texts.
#[test]
fn the_largest_adoption_fits_into_the_log() {
    let voters = (0..3_000).map(|number| PersonId::from_bits((1 << 60) - 1 - number)).collect();
    let (title, body) = (text(&"𠮷".repeat(80)), text(&"𠮷".repeat(500)));
    let adopted = Event::Adopted(Box::new(Adopted { voters, title, text: body, ..*the_adopted() }));
    let stored = crate::Event::from(adopted).encode().unwrap().len();
    assert!(stored < 60_000, "{stored}");
}

#[test]
fn it_stands_open_for_the_rulebook_s_days() {
    adopted().when(publicise()).then([publicised(1, "2021-11-30", "2021-12-07")]);
    let fifteen = |rules: &mut crate::rulebook::Rules| {
        let mut figures = rules.deliberation().clone();
        figures.resolution_notice_days.value = 15;
        rules.deliberation = Some(Box::new(figures));
    };
    adopted().at("2024-02-22T23:59:59+08:00").when(publicise()).then([publicised(
        1,
        "2024-02-22",
        "2024-02-29",
    )]);
    adopted().rules(fifteen).when(publicise()).then([publicised(1, "2021-11-30", "2021-12-15")]);
    // The period of star notices is another figure.
    adopted().rules(|rules| rules.notice_days.value = 30).when(publicise()).then([publicised(
        1,
        "2021-11-30",
        "2021-12-07",
    )]);
}

#[test]
fn it_closes_on_the_day_after_the_last_and_once() {
    open()
        .at("2021-12-07T23:59:59+08:00")
        .when(Command::CloseNotice)
        .refused("resolution.too_early")
        .at("2021-12-08T00:00:00+08:00")
        .when(Command::CloseNotice)
        .then([closed(1)])
        .when(Command::CloseNotice)
        .refused("resolution.not_open");
}

#[test]
fn it_does_not_close_over_an_open_objection() {
    open()
        .when(object())
        .granted()
        .when(object())
        .granted()
        .at("2021-12-08T12:00:00+08:00")
        .when(Command::CloseNotice)
        .refused("resolution.open_objection")
        .when(answer(1, Verdict::Dismissed, false))
        .granted()
        .when(Command::CloseNotice)
        .refused("resolution.open_objection")
        .when(answer(2, Verdict::Dismissed, false))
        .granted()
        .when(Command::CloseNotice)
        .then([closed(1)]);
}

#[test]
fn changed_content_starts_the_period_anew() {
    let second = awaiting_correction()
        .at("2021-12-08T12:00:00+08:00")
        .when(Command::CloseNotice)
        .refused("resolution.awaiting_correction")
        .when(correct())
        .then([corrected(), publicised(2, "2021-12-08", "2021-12-15")])
        .when(correct())
        .refused("resolution.not_awaiting_correction");
    assert_eq!(second.state().text(), Some(&text("在路口东侧增设两处收集点")));
    assert_eq!(second.state().open_until(), Some(day("2021-12-15")));
    second
        .at("2021-12-15T23:59:59+08:00")
        .when(Command::CloseNotice)
        .refused("resolution.too_early")
        .at("2021-12-16T00:00:00+08:00")
        .when(Command::CloseNotice)
        .then([closed(2)]);
}

#[test]
fn an_objection_that_was_open_stays_open_over_a_correction() {
    open()
        .when(object())
        .granted()
        .when(object())
        .granted()
        .when(answer(2, Verdict::Upheld, false))
        .granted()
        .when(correct())
        .granted()
        .at("2021-12-08T12:00:00+08:00")
        .when(Command::CloseNotice)
        .refused("resolution.open_objection")
        .when(answer(1, Verdict::Upheld, false))
        .then([answered(1, Verdict::Upheld)])
        .when(correct())
        .then([corrected(), publicised(3, "2021-12-08", "2021-12-15")]);
}

/// At any stage before a withdrawal, and as soon as it is upheld.
#[test]
fn an_upheld_objection_stops_everything() {
    let scenes = [
        open(),
        awaiting_correction(),
        clean(),
        executing(),
        claimed(),
        verified(),
        branch_informed(),
        meeting_informed(),
        completed(),
    ];
    for scene in scenes {
        let scene = scene.at("2021-12-16T12:00:00+08:00").by(Actor::resident());
        let scene = scene.when(object()).granted();
        let (number, _) = scene.state().open_objections().last().unwrap();
        let stopped = scene.when(answer(number, Verdict::Upheld, true)).granted();
        let state = stopped.state();
        assert_eq!(state.stage(), Some(Stage::AwaitingCorrection));
        assert_eq!((state.executor(), state.due()), (None, None));
        stopped.clone().when(withdraw()).then([withdrawn()]);
        stopped
            .when(correct())
            .then([corrected(), publicised(2, "2021-12-16", "2021-12-23")])
            .at("2021-12-24T12:00:00+08:00")
            .when(Command::CloseNotice)
            .then([closed(2)])
            .by(account(EXECUTOR))
            .when(claim())
            .refused("resolution.not_executing")
            .when(assign(EXECUTOR, "2021-12-31"))
            .then([assigned(EXECUTOR, "2021-12-31")]);
    }
}

#[test]
fn what_was_adopted_is_withdrawn_from_above_and_then_stays_so() {
    let withdrawn = clean()
        .when(withdraw())
        .refused("resolution.stands")
        .when(withdraw_from_above())
        .then([withdrawn()]);
    for command in [
        object(),
        answer(1, Verdict::Dismissed, true),
        Command::MissAnswer { objection: 1 },
        Command::EscalateObjection { objection: 1 },
        correct(),
        publicise(),
        withdraw(),
        withdraw_from_above(),
    ] {
        withdrawn.clone().when(command).refused("resolution.withdrawn");
    }
    // A withdrawal ends the objections that waited.
    let objected = open().when(object()).granted();
    assert_eq!(objected.state().open_objections().count(), 1);
    let ended = objected.when(withdraw_from_above()).granted();
    assert_eq!(ended.state().open_objections().count(), 0);
    // What was completed is reopened before it is withdrawn.
    completed()
        .when(withdraw_from_above())
        .refused("resolution.completed")
        .when(reopen())
        .granted()
        .when(withdraw_from_above())
        .granted();
}
