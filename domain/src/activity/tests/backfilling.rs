//! 应急、补录: what begins before it can be published, and what was over before the program knew it.

use super::*;
use crate::backfill::{BackfillApproved, BackfillRefused, FromPaper};
use crate::service::Recorder;
use crate::testing::digest;
use crate::{Actor, Evidence, MediaType};

/// From nine to three of 2021-11-30, asked at noon.
fn flood(emergency: bool) -> Box<Published> {
    with(|it| {
        it.emergency = emergency;
        it.starts_at = time("2021-11-30T09:00:00+08:00");
        it.ends_at = time("2021-11-30T15:00:00+08:00");
    })
}

/// 需求 B3: an emergency is published within hours of its start; how many, the rulebook says (本程序默认值,由县确定).
#[test]
fn an_emergency_is_published_while_it_runs_within_the_hours_of_the_rulebook() {
    let publish = |activity| given::<Activity>([]).when(Command::Publish(activity));
    publish(flood(true))
        .then([Event::Published(flood(true))])
        .when(Command::Start { minors: vec![] })
        .granted();
    publish(flood(false)).refused("activity.not_ahead");
    let over =
        with(|it| *it = Published { ends_at: time("2021-11-30T12:00:00+08:00"), ..*flood(true) });
    publish(over).refused("activity.emergency_over");
    let since =
        |starts_at: &str| with(|it| *it = Published { starts_at: time(starts_at), ..*flood(true) });
    publish(since("2021-11-29T12:00:00+08:00")).granted();
    publish(since("2021-11-29T11:59:59+08:00")).refused("activity.emergency_late");
    let hours = |hours| {
        given::<Activity>([])
            .rules(move |rules| {
                let mut figure = rules.emergency_publish_hours().clone();
                figure.value = hours;
                rules.emergency_publish_hours = Some(figure);
            })
            .when(Command::Publish(flood(true)))
    };
    hours(3).granted();
    hours(2).refused("activity.emergency_late");
}

fn photographs(count: u8) -> Vec<Evidence> {
    let one = |byte| Evidence { digest: digest(byte), media_type: MediaType::Png, bytes: 9 };
    (1..=count).map(one).collect()
}

fn clerk() -> Actor {
    actor(Role::Attester, "attester-1")
}

fn another() -> Actor {
    actor(Role::UnitAdministrator, "administrator")
}

/// Of 2021-11-06, from nine to eleven.
fn past(evidence: Vec<Evidence>) -> Box<Published> {
    with(|it| {
        it.starts_at = time("2021-11-06T09:00:00+08:00");
        it.ends_at = time("2021-11-06T11:00:00+08:00");
        it.paper = Some(FromPaper { recorder: Recorder::of(&clerk()), evidence });
    })
}

fn entered() -> Scene<Activity> {
    given::<Activity>([])
        .by(clerk())
        .when(Command::Publish(past(photographs(1))))
        .then([Event::Published(past(photographs(1)))])
}

fn refuse() -> Command {
    Command::RefuseBackfill { reason: text("照片不是签到表") }
}

#[test]
fn only_what_is_over_is_entered_from_paper_and_the_paper_is_shown() {
    let publish = |activity| given::<Activity>([]).when(Command::Publish(activity));
    publish(past(vec![])).refused("activity.no_photograph");
    publish(past(photographs(21))).refused("activity.too_much_evidence");
    publish(past([photographs(1), photographs(1)].concat())).refused("activity.same_evidence");
    let running = with(|it| {
        *it = Published { ends_at: time("2021-11-30T12:00:00+08:00"), ..*past(photographs(1)) }
    });
    publish(running).refused("activity.not_over");
}

/// Nobody signed up: who was there, the paper shows, and each service is backfilled with its own approval.
#[test]
fn services_are_backfilled_in_it_once_a_second_person_approved_it() {
    let cancel = || Command::Cancel { reason: text("误录") };
    let approved = BackfillApproved { approver: Recorder::of(&another()) };
    let waiting = entered()
        .when(sign_up(1))
        .refused("activity.awaits_approval")
        .when(cancel())
        .refused("activity.awaits_approval")
        .when(Command::ApproveBackfill)
        .refused("activity.backfill_self_approved")
        .when(refuse())
        .refused("activity.backfill_self_approved");
    let before = waiting.state().participation(person(1)).unwrap();
    assert_eq!((before.phase, before.signed_up), (Phase::Announced, true));
    let approved = waiting
        .by(another())
        .when(Command::ApproveBackfill)
        .then([Event::BackfillApproved(approved)])
        .when(Command::ApproveBackfill)
        .refused("activity.not_requested")
        .when(sign_up(1))
        .refused("activity.not_announced");
    let ended_at = time("2021-11-06T11:00:00+08:00");
    assert_eq!(approved.state().participation(person(1)).unwrap().phase, Phase::Closed(ended_at));
}

#[test]
fn what_was_refused_was_not_held() {
    let refused = BackfillRefused { reason: text("照片不是签到表") };
    let refused = entered().by(another()).when(refuse()).then([Event::BackfillRefused(refused)]);
    assert_eq!(refused.state().participation(person(1)).unwrap().phase, Phase::Cancelled);
    announced(|_| {}).when(refuse()).refused("activity.not_requested");
    given::<Activity>([]).when(refuse()).refused("activity.unpublished");
}
