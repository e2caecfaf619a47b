use super::*;
use crate::testing::{day, every_code_is_tested, given};

mod properties;
mod reversing;

fn earn(record: u32, revision: u32, hours: u32) -> Command {
    Command::Earn { record, revision, minutes: Minutes(hours * 60) }
}

fn earned(record: u32, revision: u32, points: i64, expires_on: &str) -> Event {
    let expires_on = Some(day(expires_on));
    Event::Earned(Earned { record, revision, points: Points(points), expires_on })
}

fn reverse(record: u32, revision: u32) -> Command {
    Command::Reverse { record, revision }
}

fn reversed(record: u32, revision: u32, owed: i64, taken: &[(&str, i64)]) -> Event {
    let (points, lots) = lots(taken);
    Event::Reversed(Reversed { record, revision, points, owed: Points(owed), lots })
}

/// Their sum, and they themselves, by their last day.
fn lots(taken: &[(&str, i64)]) -> (Points, Option<Vec<Portion>>) {
    let portion = |&(last, points): &(&str, i64)| Portion {
        expires_on: (last != "never").then(|| day(last)),
        points: Points(points),
    };
    let portions: Vec<Portion> = taken.iter().map(portion).collect();
    (portions.iter().map(|portion| portion.points).sum(), Some(portions))
}

/// 图书馆借阅优惠一年, five points.
fn redeem() -> Command {
    Command::Redeem { item: "LIBRARY".to_owned() }
}

fn redeemed(redemption: u32) -> Event {
    Event::Redeemed(Redeemed {
        redemption,
        item: "LIBRARY".into(),
        name: "图书馆借阅优惠一年".into(),
        points: Points(500),
    })
}

fn cancel(redemption: u32) -> Command {
    Command::CancelRedemption { redemption }
}

fn cancelled(redemption: u32, returned: &[(&str, i64)]) -> Event {
    let (points, lots) = lots(returned);
    let expires_on = lots.as_ref().and_then(|lots| lots[0].expires_on);
    Event::RedemptionCancelled(RedemptionCancelled { redemption, points, expires_on, lots })
}

fn expired(points: i64, expires_on: &str) -> Event {
    Event::Expired(Expired { points: Points(points), expires_on: day(expires_on) })
}

fn settled(owed: i64, taken: &[(&str, i64)]) -> Event {
    let (points, lots) = lots(taken);
    Event::Settled(Settled { points, owed: Points(owed), lots })
}

#[test]
fn every_refusal_is_tested() {
    every_code_is_tested(include_str!("mod.rs"), include_str!("tests.rs"), "points");
}

#[test]
fn an_attested_revision_earns_once_also_after_it_was_reversed() {
    given::<Account>([])
        .when(earn(1, 1, 2))
        .then([earned(1, 1, 200, "2022-11-30")])
        .when(earn(1, 1, 2))
        .then([])
        .when(reverse(1, 1))
        .then([reversed(1, 1, 0, &[("2022-11-30", 200)])])
        .when(reverse(1, 1))
        .then([])
        .when(earn(1, 1, 2))
        .then([])
        .when(earn(1, 2, 1))
        .then([earned(1, 2, 100, "2022-11-30")])
        .when(reverse(9, 1))
        .then([]);
}

#[test]
fn points_hold_for_the_months_of_the_rulebook() {
    for (today, months, last) in [
        ("2021-11-30", Some(12), Some("2022-11-30")),
        ("2024-02-29", Some(12), Some("2025-02-28")), // from a leap day
        ("2023-02-28", Some(12), Some("2024-02-28")), // into a leap year
        ("2021-08-31", Some(6), Some("2022-02-28")),  // into a shorter month
        ("2021-11-30", None, None),
    ] {
        let expires_on = last.map(day);
        given::<Account>([])
            .at(&format!("{today}T12:00:00+08:00"))
            .rules(|rules| rules.points_valid_months.value = months)
            .when(earn(1, 1, 1))
            .then([Event::Earned(Earned {
                record: 1,
                revision: 1,
                points: Points(100),
                expires_on,
            })]);
    }
}

#[test]
fn the_whole_balance_can_be_redeemed_and_not_a_hundredth_more() {
    let minutes = |minutes| Command::Earn { record: 2, revision: 1, minutes: Minutes(minutes) };
    let four_points = || given::<Account>([earned(1, 1, 400, "2022-11-30")]);
    four_points()
        .when(minutes(59))
        .granted() // 4.98 points
        .when(redeem())
        .refused("points.insufficient");
    let empty = four_points().when(minutes(60)).granted().when(redeem()).then([redeemed(1)]);
    assert_eq!(empty.state().balance(), Points(0));
    empty.when(redeem()).refused("points.insufficient");
}

#[test]
fn only_what_the_catalogue_offers_is_redeemed() {
    let item = "没有的项目".repeat(20);
    let refusal = given::<Account>([]).when(Command::Redeem { item });
    refusal.refused("points.unknown_item");
}

#[test]
fn points_are_used_on_their_last_day_and_not_after_it() {
    let account =
        || given::<Account>([earned(1, 1, 500, "2021-12-01"), earned(2, 1, 300, "2022-06-01")]);
    let last_moment = account().at("2021-12-01T23:59:59+08:00");
    last_moment.clone().when(Command::Expire).then([]);
    last_moment.when(redeem()).then([redeemed(1)]);
    let next_day = account().at("2021-12-02T00:00:00+08:00");
    next_day.clone().when(redeem()).refused("points.insufficient");
    let left = next_day
        .when(Command::Expire)
        .then([expired(500, "2021-12-01")])
        .when(Command::Expire)
        .then([]);
    assert_eq!(left.state().balance(), Points(300));
}

/// What is over must expire before the oldest points pay, or it would pay for the offer.
#[test]
fn a_redemption_lets_expire_what_is_over() {
    let account = [earned(1, 1, 100, "2021-11-29"), earned(2, 1, 700, "2022-06-01")];
    let after =
        given::<Account>(account).when(redeem()).then([expired(100, "2021-11-29"), redeemed(1)]);
    assert_eq!(after.state().balance(), Points(200));
}

#[test]
fn the_oldest_points_are_used_first_and_those_for_ever_last() {
    let for_ever =
        Event::Earned(Earned { record: 3, revision: 1, points: Points(300), expires_on: None });
    let account = [for_ever, earned(1, 1, 300, "2022-06-01"), earned(2, 1, 300, "2021-12-31")];
    given::<Account>(account)
        .when(redeem())
        .then([redeemed(1)])
        .at("2022-06-02T00:00:00+08:00")
        .when(Command::Expire)
        .then([expired(100, "2022-06-01")])
        .at("9999-12-30T00:00:00+08:00")
        .when(Command::Expire)
        .then([]);
}

#[test]
fn a_cancelled_redemption_gives_the_points_back_once() {
    let after = given::<Account>([earned(1, 1, 500, "2021-12-31")])
        .when(cancel(1))
        .refused("points.unknown_redemption")
        .when(redeem())
        .then([redeemed(1)])
        .when(cancel(1))
        .then([cancelled(1, &[("2021-12-31", 500)])])
        .when(cancel(1))
        .refused("points.unknown_redemption")
        .when(redeem())
        .then([redeemed(2)]);
    assert_eq!(after.state().balance(), Points(0));
}

#[test]
fn points_are_taken_from_the_first_lots_as_far_as_they_go() {
    let lots = || [("first", Points(3)), ("second", Points(5)), ("third", Points(2))];
    for (taken, left) in [
        (0, vec![]),
        (2, vec![("first", 1)]),
        (3, vec![("first", 0)]),
        (7, vec![("first", 0), ("second", 1)]),
        (99, vec![("first", 0), ("second", 0), ("third", 0)]),
    ] {
        let found = after_taking(Points(taken), lots()).map(|(lot, points)| (lot, points.0));
        assert_eq!(found.collect::<Vec<_>>(), left, "{taken}");
    }
}
