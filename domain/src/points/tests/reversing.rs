//! Debt is only what was used, and what comes back is what it was.

use super::*;

#[test]
fn what_was_used_before_a_reversal_is_owed_and_taken_from_what_comes_in() {
    let november = |points| [("2022-11-30", points)];
    given::<Account>([earned(1, 1, 700, "2022-11-30"), redeemed(1)])
        .when(reverse(1, 1))
        .then([reversed(1, 1, 500, &november(200))])
        .when(earn(2, 1, 2))
        .then([earned(2, 1, 200, "2022-11-30"), settled(300, &november(200))])
        .when(earn(3, 1, 0))
        .then([earned(3, 1, 0, "2022-11-30")])
        .when(earn(4, 1, 4))
        .then([earned(4, 1, 400, "2022-11-30"), settled(0, &november(300))])
        .when(redeem())
        .refused("points.insufficient");
}

#[test]
fn what_expired_unused_is_owed_by_nobody() {
    let account = [earned(1, 1, 300, "2022-01-31"), expired(300, "2022-01-31")];
    given::<Account>(account)
        .at("2022-03-01T09:00:00+08:00")
        .when(reverse(1, 1))
        .then([reversed(1, 1, 0, &[])])
        .when(earn(2, 1, 5))
        .then([earned(2, 1, 500, "2023-03-01")])
        .when(redeem())
        .granted();
}

/// Whoever comes before the scheduler finds the same: what is over expires before anything else is done.
#[test]
fn a_reversal_lets_expire_what_is_over() {
    let account = [earned(1, 1, 700, "2022-01-31"), redeemed(1), earned(2, 1, 100, "2022-12-31")];
    given::<Account>(account)
        .at("2022-02-01T00:00:00+08:00")
        .when(reverse(1, 1))
        .then([expired(200, "2022-01-31"), reversed(1, 1, 400, &[("2022-12-31", 100)])]);
}

/// Points of other records that expire earlier stay where they are.
#[test]
fn a_reversal_takes_what_is_left_of_its_own_points_first() {
    let account = [earned(1, 1, 300, "2022-01-31"), earned(2, 1, 400, "2022-06-30")];
    let after = given::<Account>(account)
        .when(reverse(2, 1))
        .then([reversed(2, 1, 0, &[("2022-06-30", 400)])])
        .at("2022-02-01T09:00:00+08:00")
        .when(Command::Expire)
        .then([expired(300, "2022-01-31")]);
    assert_eq!(after.state().balance(), Points(0));
}

#[test]
fn what_was_used_is_paid_from_other_points_the_first_to_expire_before_the_others() {
    let account = [
        earned(1, 1, 500, "2022-01-31"),
        redeemed(1),
        earned(2, 1, 300, "2022-03-31"),
        earned(3, 1, 300, "2022-02-28"),
    ];
    let after = given::<Account>(account).when(reverse(1, 1)).then([reversed(
        1,
        1,
        0,
        &[("2022-02-28", 300), ("2022-03-31", 200)],
    )]);
    assert_eq!(after.state().balance(), Points(100));
    // What paid for it was used: it is owed again when it turns out not to have been earned either.
    after
        .clone()
        .when(reverse(3, 1))
        .then([reversed(3, 1, 200, &[("2022-03-31", 100)])])
        .when(reverse(2, 1))
        .then([reversed(2, 1, 500, &[])]);
    // And it comes back with its own last day when the offer was not given.
    after.when(cancel(1)).then([cancelled(1, &[("2022-02-28", 300), ("2022-03-31", 200)])]);
}

/// A debt that was paid is owed again when the record that paid it is reversed.
#[test]
fn what_a_record_paid_of_a_debt_was_used() {
    given::<Account>([earned(1, 1, 500, "2022-11-30"), redeemed(1)])
        .when(reverse(1, 1))
        .then([reversed(1, 1, 500, &[])])
        .when(earn(2, 1, 6))
        .then([earned(2, 1, 600, "2022-11-30"), settled(0, &[("2022-11-30", 500)])])
        .when(reverse(2, 1))
        .then([reversed(2, 1, 500, &[("2022-11-30", 100)])]);
}

#[test]
fn a_cancelled_redemption_gives_each_point_its_own_last_day() {
    let for_ever =
        Event::Earned(Earned { record: 3, revision: 1, points: Points(300), expires_on: None });
    let account = [earned(1, 1, 100, "2022-01-31"), for_ever, earned(2, 1, 300, "2022-06-30")];
    let returned = [("2022-01-31", 100), ("2022-06-30", 300), ("never", 100)];
    let after = given::<Account>(account)
        .when(redeem())
        .then([redeemed(1)])
        .when(cancel(1))
        .then([cancelled(1, &returned)]);
    assert_eq!(after.state().balance(), Points(700));
    after
        .at("2022-07-01T00:00:00+08:00")
        .when(Command::Expire)
        .then([expired(100, "2022-01-31"), expired(300, "2022-06-30")]);
}

#[test]
fn what_comes_back_after_its_last_day_is_over() {
    let account = [earned(1, 1, 200, "2022-01-31"), earned(2, 1, 400, "2022-06-30"), redeemed(1)];
    let after = given::<Account>(account).at("2022-02-01T09:00:00+08:00").when(cancel(1)).then([
        cancelled(1, &[("2022-01-31", 200), ("2022-06-30", 300)]),
        expired(200, "2022-01-31"),
    ]);
    assert_eq!(after.state().balance(), Points(400));
}

/// What was owed for a redemption is owed no more once it is cancelled; what is owed for another is paid.
#[test]
fn a_cancelled_redemption_pays_what_is_owed() {
    let account = [
        earned(1, 1, 500, "2022-01-31"),
        redeemed(1),
        earned(2, 1, 500, "2022-06-30"),
        redeemed(2),
    ];
    let owing = given::<Account>(account).when(reverse(2, 1)).then([reversed(2, 1, 500, &[])]);
    let second = [("2022-06-30", 500)];
    let after = owing.clone().when(cancel(2)).then([cancelled(2, &second), settled(0, &second)]);
    assert_eq!(after.state().balance(), Points(0));
    let first = [("2022-01-31", 500)];
    let after = owing.when(cancel(1)).then([cancelled(1, &first), settled(0, &first)]);
    assert_eq!(after.state().balance(), Points(0));
    // The second redemption stands, paid with the points of the first.
    after.when(cancel(2)).then([cancelled(2, &first)]);
}

/// Points that are over pay for nothing, but they are not owed themselves either: nobody has what they were used for.
#[test]
fn what_comes_back_after_its_last_day_pays_no_other_debt() {
    let first = [("2022-01-31", 500)];
    let used = [earned(1, 1, 500, "2022-01-31"), redeemed(1)];
    let other = [earned(2, 1, 500, "2022-06-30"), redeemed(2)];
    let owing = given::<Account>([used.clone(), other].concat())
        .at("2022-02-01T09:00:00+08:00")
        .when(reverse(2, 1))
        .then([reversed(2, 1, 500, &[])]);
    owing
        .when(cancel(1))
        .then([cancelled(1, &first), expired(500, "2022-01-31")])
        .when(earn(3, 1, 5))
        .then([earned(3, 1, 500, "2023-02-01"), settled(0, &[("2023-02-01", 500)])]);
    given::<Account>(used)
        .when(reverse(1, 1))
        .then([reversed(1, 1, 500, &[])])
        .at("2022-02-01T09:00:00+08:00")
        .when(cancel(1))
        .then([cancelled(1, &first), settled(0, &first)]);
}

/// The earliest events say nothing of lots: they took what expires first, and gave everything back with one last day.
#[test]
fn the_earliest_events_mean_what_they_meant() {
    let read = |kind, stored: &str| {
        let event = crate::Event::decode(kind, stored.as_bytes()).unwrap();
        assert_eq!(event.encode().unwrap(), stored.as_bytes());
        Event::try_from(event).unwrap()
    };
    let reversed = r#"{"record":2,"revision":1,"points":300,"owed":0}"#;
    let back = r#"{"redemption":1,"points":500,"expires_on":"2022-11-30"}"#;
    let settled = r#"{"points":100,"owed":0}"#;
    let account = [
        earned(1, 1, 300, "2022-01-31"),
        earned(2, 1, 300, "2022-06-30"),
        read("PointsReversed", reversed),
    ];
    given::<Account>(account.clone())
        .at("2022-07-01T09:00:00+08:00")
        .when(Command::Expire)
        .then([expired(300, "2022-06-30")]);
    let [first, second, _] = account;
    let after = [
        first,
        second,
        redeemed(1),
        read("RedemptionCancelled", back),
        read("PointsSettled", settled),
    ];
    given::<Account>(after)
        .at("2023-01-01T09:00:00+08:00")
        .when(Command::Expire)
        .then([expired(500, "2022-11-30")]);
}

/// What a later program would read: the portions, and nothing where they are for ever.
#[test]
fn portions_are_stored_with_their_last_day() {
    let stored = |event: Event| String::from_utf8(crate::Event::from(event).encode().unwrap());
    let back = r#"{"redemption":1,"points":300,"expires_on":"2022-01-31","lots":[{"expires_on":"2022-01-31","points":100},{"points":200}]}"#;
    assert_eq!(stored(cancelled(1, &[("2022-01-31", 100), ("never", 200)])).unwrap(), back);
    let nothing = r#"{"record":1,"revision":2,"points":0,"owed":500,"lots":[]}"#;
    assert_eq!(stored(reversed(1, 2, 500, &[])).unwrap(), nothing);
}
