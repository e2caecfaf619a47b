//! 积分: each earning explained by an attested record, each exchange by the catalogue.

use std::collections::HashMap;

use domain::Points;
use domain::points::{Earned, Event, Redeemed};
use domain::rulebook::Rules;
use jiff::civil::Date;
use projections::Fact;

use super::hours::Attested;
use crate::audit::finding::{Finding, Weight};

/// One volunteer's account.
#[derive(Default)]
pub struct Account {
    /// What each revision of a record earned, and whether it was taken back.
    earnings: HashMap<(u32, u32), bool>,
    /// All that was earned.
    pub earned: Points,
    /// All that was exchanged and not given back.
    pub redeemed: Points,
    /// All that expired.
    pub expired: Points,
    /// All that was taken back or paid for what is owed.
    pub reversed: Points,
}

impl Account {
    /// Takes an event in, and says what no record or catalogue explains about it.
    pub fn see(
        &mut self,
        event: &Event,
        fact: &Fact,
        attested: &Attested,
        rules: &Rules,
    ) -> Option<Finding> {
        match event {
            Event::Earned(it) => {
                self.earned += it.points;
                let before = self.earnings.insert((it.record, it.revision), false);
                earning(it, fact, attested, rules, before.is_some())
            }
            Event::Redeemed(it) => {
                self.redeemed += it.points;
                exchange(it, fact, rules)
            }
            Event::RedemptionCancelled(it) => {
                self.redeemed -= it.points;
                None
            }
            Event::Expired(it) => {
                self.expired += it.points;
                None
            }
            Event::Reversed(it) => {
                self.reversed += it.points;
                self.earnings.insert((it.record, it.revision), true);
                None
            }
            Event::Settled(it) => {
                self.reversed += it.points;
                None
            }
        }
    }

    /// What can be used.
    pub fn balance(&self) -> Points {
        self.earned - self.redeemed - self.expired - self.reversed
    }

    /// What attested records should have brought about before a day, and did not.
    pub fn owed(&self, attested: &Attested, before: Date) -> Vec<Finding> {
        let mut revisions: Vec<_> = attested.revisions.iter().collect();
        revisions.sort_unstable_by_key(|(of, _)| **of);
        let owed = revisions.into_iter().filter_map(|(of, revision)| {
            let (record, number) = *of;
            match (self.earnings.get(of), revision.withdrawn) {
                (None, None) if revision.on < before => Some(Finding::missing(
                    "points.not_earned",
                    revision.on,
                    format!("第{record}号记录(第{number}版)已认定,没有计积分。"),
                    format!("Record {record}, revision {number}, is attested and has earned no points."),
                )),
                (Some(false), Some(on)) if on < before => Some(Finding::missing(
                    "points.not_reversed",
                    on,
                    format!("第{record}号记录(第{number}版)已不再计入,所得积分没有冲正。"),
                    format!("Record {record}, revision {number}, no longer counts, and its points were not taken back."),
                )),
                (_, _) => None,
            }
        });
        owed.collect()
    }
}

/// One attested revision of a record earns its points once, by the rate of the rulebook.
fn earning(
    earned: &Earned,
    fact: &Fact,
    attested: &Attested,
    rules: &Rules,
    again: bool,
) -> Option<Finding> {
    let Earned { record, revision, points, .. } = *earned;
    let wrong = |code, zh, en| Some(Finding::at(fact, code, Weight::Wrong, zh, en));
    let Some(explained) = attested.revisions.get(&(record, revision)) else {
        return wrong(
            "points.unexplained",
            format!("计{points}分,而第{record}号记录(第{revision}版)没有认定。"),
            format!(
                "{points} points were earned by record {record}, revision {revision}, which nobody attested."
            ),
        );
    };
    if again {
        return wrong(
            "points.earned_twice",
            format!("第{record}号记录(第{revision}版)再次计{points}分。"),
            format!("Record {record}, revision {revision}, earned {points} points once more."),
        );
    }
    let Points(rate) = *rules.points_per_hour;
    let due = Points(i64::from(explained.minutes.0) * rate / 60);
    if due != points {
        let minutes = explained.minutes.0;
        return wrong(
            "points.other_amount",
            format!("认定{minutes}分钟,应计{due}分,实计{points}分。"),
            format!("{minutes} attested minutes earn {due} points; {points} were entered."),
        );
    }
    None
}

/// What is exchanged stands in the catalogue, at its price.
fn exchange(redeemed: &Redeemed, fact: &Fact, rules: &Rules) -> Option<Finding> {
    let Redeemed { item, points, .. } = redeemed;
    let offer = rules.redeemables.iter().find(|offer| offer.item == *item);
    let Some(price) = offer.map(|offer| offer.points) else {
        return Some(Finding::at(
            fact,
            "points.not_offered",
            Weight::Wrong,
            format!("兑换的{item}不在当时的积分兑换目录中。"),
            format!("{item} was exchanged, which the catalogue then in force does not offer."),
        ));
    };
    (price != *points).then(|| {
        Finding::at(
            fact,
            "points.other_price",
            Weight::Wrong,
            format!("{item}应为{price}分,实扣{points}分。"),
            format!("{item} costs {price} points; {points} were taken."),
        )
    })
}
