//! Whatever is asked on whatever day: the account does what a cupboard of single points does, in which every point is somewhere.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::civil::Date;
use proptest::prelude::*;

use super::*;

/// Where one point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Left,
    /// It pays for this redemption.
    Spent(u32),
    Expired,
    /// Its record was reversed.
    Gone,
}

#[derive(Debug, Clone, Copy)]
struct Point {
    record: u32,
    last: Date,
    place: Place,
}

/// The account, point by point.
#[derive(Default)]
struct Cupboard {
    points: Vec<Point>,
    /// Records, and whether each still counts.
    records: BTreeMap<u32, bool>,
    /// Points that each standing redemption is short of.
    short: BTreeMap<u32, usize>,
    redeemed: u32,
}

/// What the offer of these tests costs.
const COST: usize = 5;

impl Cupboard {
    fn left(&self) -> usize {
        self.points.iter().filter(|point| point.place == Place::Left).count()
    }

    fn owed(&self) -> usize {
        self.short.values().sum()
    }

    /// Moves the point that is used next to a redemption; false when there is none.
    fn spend(&mut self, redemption: u32) -> bool {
        let left = self.points.iter_mut().filter(|point| point.place == Place::Left);
        let next = left.min_by_key(|point| (point.last, point.record));
        next.map(|point| point.place = Place::Spent(redemption)).is_some()
    }

    /// Redemptions that are short of points take what is left, the oldest first.
    fn fill(&mut self) {
        while let Some(redemption) =
            self.short.iter().find(|(_, short)| **short > 0).map(|(n, _)| *n)
        {
            if !self.spend(redemption) {
                return;
            }
            *self.short.get_mut(&redemption).unwrap() -= 1;
        }
    }

    fn expire(&mut self, today: Date) {
        for point in &mut self.points {
            if point.place == Place::Left && point.last < today {
                point.place = Place::Expired;
            }
        }
    }

    fn earn(&mut self, record: u32, hours: u32, last: Date) {
        if let Entry::Vacant(unknown) = self.records.entry(record) {
            unknown.insert(true);
            let point = Point { record, last, place: Place::Left };
            self.points.extend((0..hours).map(|_| point));
            self.fill();
        }
    }

    fn reverse(&mut self, record: u32, today: Date) {
        if self.records.get(&record) != Some(&true) {
            return;
        }
        self.records.insert(record, false);
        self.expire(today);
        for point in self.points.iter_mut().filter(|point| point.record == record) {
            if let Place::Spent(redemption) = point.place {
                *self.short.get_mut(&redemption).unwrap() += 1;
            }
            if point.place != Place::Expired {
                point.place = Place::Gone;
            }
        }
        self.fill();
    }

    fn redeem(&mut self, today: Date) -> bool {
        let usable = self.points.iter().filter(|point| point.place == Place::Left);
        if usable.filter(|point| point.last >= today).count() < COST {
            return false;
        }
        self.expire(today);
        self.redeemed += 1;
        self.short.insert(self.redeemed, 0);
        (0..COST).all(|_| self.spend(self.redeemed))
    }

    fn cancel(&mut self, redemption: u32, today: Date) -> bool {
        if self.short.remove(&redemption).is_none() {
            return false;
        }
        self.expire(today);
        for point in &mut self.points {
            if point.place == Place::Spent(redemption) {
                point.place = Place::Left;
            }
        }
        self.expire(today);
        self.fill();
        true
    }

    /// What comes from which last day, of all that is left.
    fn by_day(&self) -> BTreeMap<Date, i64> {
        let mut days = BTreeMap::new();
        for point in self.points.iter().filter(|point| point.place == Place::Left) {
            *days.entry(point.last).or_default() += 100;
        }
        days
    }
}

/// The account as a reader of the entries alone keeps it.
#[derive(Default)]
struct Books {
    balance: i64,
    owed: i64,
}

impl Books {
    fn take_in(&mut self, event: &Event) {
        let (points, sign) = match event {
            Event::Earned(one) => (one.points, 1),
            Event::RedemptionCancelled(one) => (one.points, 1),
            Event::Redeemed(one) => (one.points, -1),
            Event::Expired(one) => (one.points, -1),
            Event::Reversed(one) => {
                self.owed = one.owed.0;
                (one.points, -1)
            }
            Event::Settled(one) => {
                self.owed = one.owed.0;
                (one.points, -1)
            }
        };
        let stated = match event {
            Event::RedemptionCancelled(RedemptionCancelled { lots, .. })
            | Event::Reversed(Reversed { lots, .. })
            | Event::Settled(Settled { lots, .. }) => lots.as_ref(),
            Event::Earned(_) | Event::Redeemed(_) | Event::Expired(_) => None,
        };
        if let Some(lots) = stated {
            assert_eq!(lots.iter().map(|lot| lot.points).sum::<Points>(), points, "{event:?}");
        }
        self.balance += sign * points.0;
    }
}

proptest! {
    #[test]
    fn every_point_is_where_it_belongs_whatever_is_asked(
        asked in proptest::collection::vec((0_u8..9, 1_u32..9, 0_u32..8, 0_i32..90), 1..70),
    ) {
        let mut scene = given::<Account>([]);
        let (mut books, mut cupboard) = (Books::default(), Cupboard::default());
        let mut today = day("2021-11-30");
        for (what, number, hours, days) in asked {
            today = today.saturating_add(jiff::Span::new().days(days));
            let last = today.saturating_add(jiff::Span::new().months(12));
            let command = match what {
                0..=2 => { cupboard.earn(number, hours, last); earn(number, 1, hours) }
                3 | 4 => { cupboard.reverse(number, today); reverse(number, 1) }
                5 | 6 => { cupboard.redeem(today); redeem() }
                7 => { cupboard.cancel(number, today); cancel(number) }
                _ => { cupboard.expire(today); Command::Expire }
            };
            let (after, facts) = scene.at(&format!("{today}T12:00:00+08:00")).when(command).whatever();
            scene = after;
            facts.iter().for_each(|fact| books.take_in(fact));
            let account = scene.state();
            prop_assert_eq!(account.balance().0, i64::try_from(cupboard.left()).unwrap() * 100);
            prop_assert_eq!(account.owed.0, i64::try_from(cupboard.owed()).unwrap() * 100);
            let mut days = BTreeMap::new();
            for (lot, points) in &account.lots {
                let LastDay::On(last) = lot.day else { panic!("for ever") };
                *days.entry(last).or_default() += points.0;
            }
            prop_assert_eq!(days, cupboard.by_day());
            prop_assert_eq!((books.balance, books.owed), (account.balance().0, account.owed.0));
            prop_assert!(books.owed == 0 || books.balance == 0, "owes and holds points");
            // Every standing redemption is paid with points that were earned, as far as nothing is owed for it.
            for (redemption, short) in &cupboard.short {
                let spent = cupboard.points.iter().filter(|point| point.place == Place::Spent(*redemption));
                prop_assert_eq!(spent.count() + short, COST);
            }
        }
    }
}
