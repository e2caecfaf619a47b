#![allow(clippy::unwrap_used)]
use domain::calendar::Calendar;
use domain::points::{Account as Rules, Command};
use domain::rulebook::Adopted;
use domain::{Actor, ActorId, Aggregate, Directory, Given, Minutes, Points, points};
use jiff::SignedDuration;
use proptest::prelude::*;

use super::{AccountId, EntryKind, NEVER, entries, get, list, lots, total};
use crate::models::due;
use crate::testing::*;
use crate::{PageRequest, ReadModels};

fn own() -> AccountId {
    AccountId::Volunteer(person(1))
}

fn stream() -> String {
    format!("points-{}", person(1))
}

#[test]
fn an_account_says_where_its_points_came_from_and_the_issuer_mirrors_it() {
    let mut log = Log::new();
    log.add(&stream(), earned(1, 500, Some("2022-11-01")))
        .add(&stream(), earned(2, 300, Some("2022-10-01")))
        .add(&stream(), redeemed(1, 400));
    let models = log.read();
    let conn = models.connection();
    let account = get(conn, own(), None).unwrap().unwrap();
    assert_eq!(
        (account.opening, account.earned, account.redeemed),
        (Points(0), Points(800), Points(400))
    );
    assert_eq!((account.balance, account.next_expiry), (Points(400), Some(day("2022-11-01"))));
    let issuer = get(conn, AccountId::Issuer, None).unwrap().unwrap();
    assert_eq!(issuer.balance, Points(-400));
    assert_eq!(total(conn).unwrap(), Points(0));
    let entries = entries(conn, person(1), &PageRequest::default()).unwrap().items;
    let told: Vec<_> = entries.iter().map(|e| (e.kind, e.debit, e.record, e.balance)).collect();
    assert_eq!(
        told,
        [
            (EntryKind::Redeemed, own(), None, Points(400)),
            (EntryKind::Earned, AccountId::Issuer, Some(2), Points(800)),
            (EntryKind::Earned, AccountId::Issuer, Some(1), Points(500)),
        ]
    );
}

#[test]
fn a_statement_draws_together_what_was_before() {
    let mut log = Log::new();
    log.add(&stream(), earned(1, 500, None));
    log.on("2022-01-15").add(&stream(), earned(2, 300, None)).add(&stream(), redeemed(1, 200));
    let models = log.read();
    for account in [own(), AccountId::Issuer] {
        let statement =
            get(models.connection(), account, Some(day("2022-01-01"))).unwrap().unwrap();
        let sign = if account == own() { 1 } else { -1 };
        assert_eq!(statement.opening, Points(500 * sign));
        assert_eq!(
            (statement.earned, statement.redeemed),
            (Points(300 * sign), Points(200 * sign))
        );
        assert_eq!(statement.balance, Points(600 * sign));
        assert_eq!(statement.next_expiry, None, "these points never expire");
    }
    assert_eq!(list(models.connection(), None, &PageRequest::default()).unwrap().items.len(), 2);
}

#[test]
fn accounts_are_due_the_day_after_their_points_last_day() {
    let mut log = Log::new();
    log.add(&stream(), earned(1, 500, Some("2022-11-01")));
    let models = log.read();
    let due = |date| due::expiring_accounts(models.connection(), day(date), 10).unwrap();
    assert_eq!(due("2022-11-01"), []);
    assert_eq!(due("2022-11-02"), [person(1)]);
}

/// What somebody asks of the account, some days later.
fn asked() -> impl Strategy<Value = (i64, u8, u32)> {
    (0..200i64, 0..7u8, 1..12u32)
}

/// Plays commands through the domain's own account; gives it with the log of what it decided.
fn play(commands: &[(i64, u8, u32)]) -> (Rules, Log) {
    let (mut account, mut log) = (Rules::default(), Log::new());
    let (actor, units) =
        (Actor::system(ActorId::new("policy:test").unwrap()), Directory::default());
    let mut now = noon("2021-11-01");
    for &(days, which, number) in commands {
        now = now.checked_add(SignedDuration::from_hours(24 * days)).unwrap();
        let (record, revision) = (number, 1);
        let command = match which {
            0..=2 => Command::Earn { record, revision, minutes: Minutes(number * 100) },
            3 => Command::Reverse { record, revision },
            4 => Command::Redeem { item: "LIBRARY".into() },
            5 => Command::CancelRedemption { redemption: number },
            _ => Command::Expire,
        };
        let given = Given {
            now,
            actor: &actor,
            rulebook: Adopted::shipped(),
            calendar: Calendar::shipped(),
            units: &units,
        };
        for event in account.decide(command, &given).unwrap_or_default() {
            account.evolve(&event);
            log.add(&stream(), event);
        }
    }
    (account, log)
}

fn lots_sum(models: &ReadModels) -> Points {
    let page = lots(models.connection(), person(1), &PageRequest { after: None, limit: 500 });
    page.unwrap().items.into_iter().map(|lot| lot.points).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rows_agree_with_the_account_that_decided(commands in prop::collection::vec(asked(), 1..60)) {
        let (account, log) = play(&commands);
        let models = log.read();
        let row = get(models.connection(), own(), None).unwrap();
        prop_assert_eq!(row.as_ref().map_or(Points(0), |row| row.balance), account.balance());
        prop_assert_eq!(lots_sum(&models), account.balance());
        prop_assert_eq!(total(models.connection()).unwrap(), Points(0));
        let first = lots(models.connection(), person(1), &PageRequest { after: None, limit: 1 });
        let first = first.unwrap().items.first().map(|lot| lot.expires_on).filter(|&on| on != NEVER);
        prop_assert_eq!(row.and_then(|row| row.next_expiry), first);
    }
}

#[test]
fn settled_points_pay_what_is_owed() {
    let mut log = Log::new();
    let (record, revision) = (1, 1);
    let (points, owed, lots) = (Points(100), Points(400), None);
    let reversed = points::Reversed { record, revision, points, owed, lots };
    let settled = points::Settled { points: Points(250), owed: Points(150), lots: None };
    log.add(&stream(), earned(1, 500, None))
        .add(&stream(), redeemed(1, 400))
        .add(&stream(), points::Event::Reversed(reversed))
        .add(&stream(), earned(2, 250, None))
        .add(&stream(), points::Event::Settled(settled));
    let models = log.read();
    let account = get(models.connection(), own(), None).unwrap().unwrap();
    assert_eq!(
        (account.balance, account.owed, account.settled),
        (Points(0), Points(150), Points(250))
    );
    assert_eq!(
        get(models.connection(), AccountId::Issuer, None).unwrap().unwrap().owed,
        Points(-150)
    );
}

#[test]
fn what_is_taken_and_returned_keeps_its_own_last_day() {
    let portion = |last: Option<&str>, points| points::Portion {
        expires_on: last.map(day),
        points: Points(points),
    };
    let left = |log: &Log| {
        let models = log.read();
        let page = lots(models.connection(), person(1), &PageRequest::default()).unwrap();
        page.items.iter().map(|lot| (lot.expires_on.to_string(), lot.points.0)).collect::<Vec<_>>()
    };
    let all = |lots: &[(&str, i64)]| {
        lots.iter().map(|(last, points)| ((*last).to_owned(), *points)).collect::<Vec<_>>()
    };
    let mut log = Log::new();
    let taken = Some(vec![portion(Some("2022-10-01"), 100), portion(None, 400)]);
    let reversed = points::Reversed {
        record: 2,
        revision: 1,
        points: Points(500),
        owed: Points(0),
        lots: taken,
    };
    log.add(&stream(), earned(1, 300, Some("2022-10-01")))
        .add(&stream(), earned(2, 400, None))
        .add(&stream(), points::Event::Reversed(reversed));
    assert_eq!(left(&log), all(&[("2022-10-01", 200)]));
    let returned = vec![portion(Some("2022-09-01"), 50), portion(None, 50)];
    log.add(
        &stream(),
        points::Event::RedemptionCancelled(points::RedemptionCancelled {
            redemption: 1,
            points: Points(100),
            expires_on: Some(day("2022-09-01")),
            lots: Some(returned),
        }),
    );
    let there = [("2022-09-01", 50), ("2022-10-01", 200), ("9999-12-31", 50)];
    assert_eq!(left(&log), all(&there));
    let account = get(log.read().connection(), own(), None).unwrap().unwrap();
    assert_eq!((account.balance, account.next_expiry), (Points(300), Some(day("2022-09-01"))));
}
