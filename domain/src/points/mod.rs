//! 积分: a volunteer's account, double entry against the issuer, never below zero.

mod account;
mod events;
mod lots;
#[cfg(test)]
mod tests;

pub use events::{
    Earned, Event, Expired, Portion, Redeemed, RedemptionCancelled, Reversed, Settled,
};
pub use lots::after_taking;

use std::collections::BTreeMap;

use crate::{Aggregate, Given, Minutes, Points};
use lots::{LastDay, Lot, Use};

/// One volunteer's account as its history tells it.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// What can be used.
    lots: BTreeMap<Lot, Points>,
    /// Last day of use of what each attested revision of a record earned; none once it is reversed, so that it never
    /// earns again.
    earned: BTreeMap<(u32, u32), Option<LastDay>>,
    /// Redemptions that stand: what each was paid with.
    redemptions: BTreeMap<u32, Vec<Use>>,
    redeemed: u32,
    owed: Points,
}

/// What may be asked of an account.
#[derive(Debug, Clone)]
pub enum Command {
    /// An attested revision of a record earns its points, once.
    Earn {
        /// The service record.
        record: u32,
        /// The attested revision.
        revision: u32,
        /// Attested minutes.
        minutes: Minutes,
    },
    /// A revision of a record no longer counts.
    Reverse {
        /// The service record.
        record: u32,
        /// The revision that had earned.
        revision: u32,
    },
    /// 兑换.
    Redeem {
        /// Code of the offer in the rulebook's catalogue.
        item: String,
    },
    /// 撤销兑换.
    CancelRedemption {
        /// Which.
        redemption: u32,
    },
    /// Points whose last day is over expire.
    Expire,
}

refusals! {
    /// Why a command about points is refused.
    pub enum Rejection {
        UnknownItem { offers: String } "points.unknown_item" absent at "item" =>
            "积分兑换目录中没有此项;可兑换:{offers}。",
            "The catalogue has no such item; it offers: {offers}.";
        Insufficient { balance: Points, cost: Points } "points.insufficient" at "item" =>
            "积分不足:需{cost}分,现有{balance}分。",
            "Not enough points: it costs {cost}, the balance is {balance}.";
        UnknownRedemption { redemption: u32 } "points.unknown_redemption" absent at "redemption" =>
            "没有第{redemption}号兑换,或已撤销。",
            "There is no redemption {redemption}, or it was cancelled already.";
    }
}

impl Aggregate for Account {
    const CATEGORY: &'static str = "points";
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(&self, command: Command, given: &Given<'_>) -> Result<Vec<Event>, Rejection> {
        match command {
            Command::Earn { record, revision, minutes } => {
                Ok(self.earn(record, revision, minutes, given))
            }
            Command::Reverse { record, revision } => Ok(self.reverse(record, revision, given)),
            Command::Redeem { item } => self.redeem(&item, given),
            Command::CancelRedemption { redemption } => self.cancel(redemption, given),
            Command::Expire => Ok(self.expire(given.today())),
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Earned(earned) => {
                let (day, earning) = (earned.expires_on.into(), (earned.record, earned.revision));
                self.earned.insert(earning, Some(day));
                self.put(Lot { day, earning: Some(earning) }, earned.points);
            }
            Event::Redeemed(redeemed) => {
                self.redeemed = redeemed.redemption;
                let taken = self.take_oldest(redeemed.points);
                let uses = taken.into_iter().map(|(lot, points)| Use { lot, points, paid: true });
                self.redemptions.insert(redeemed.redemption, uses.collect());
            }
            Event::RedemptionCancelled(cancelled) => {
                let uses = self.redemptions.remove(&cancelled.redemption).unwrap_or_default();
                if cancelled.lots.is_some() {
                    for one in uses {
                        self.put(one.lot, one.points);
                    }
                } else {
                    let day = cancelled.expires_on.into();
                    self.put(Lot { day, earning: None }, cancelled.points);
                }
            }
            Event::Expired(expired) => {
                let day = LastDay::On(expired.expires_on);
                self.lots.retain(|lot, _| lot.day != day);
            }
            Event::Reversed(reversed) => {
                let (record, revision) = (reversed.record, reversed.revision);
                self.earned.insert((record, revision), None);
                self.owed = reversed.owed;
                if let Some(lots) = &reversed.lots {
                    self.owe_uses_of(record, revision);
                    let taken = self.take_stated(lots, Some((record, revision)));
                    self.pay(&taken);
                } else {
                    self.take_oldest(reversed.points);
                }
            }
            Event::Settled(settled) => {
                self.owed = settled.owed;
                let taken = match &settled.lots {
                    Some(lots) => self.take_stated(lots, None),
                    None => self.take_oldest(settled.points),
                };
                self.pay(&taken);
            }
        }
    }
}
