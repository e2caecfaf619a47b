//! 积分: a volunteer's account, double entry against the issuer, never below zero.

mod account;
mod events;
#[cfg(test)]
mod tests;

pub use account::after_taking;
pub use events::{Earned, Event, Expired, Redeemed, RedemptionCancelled, Reversed, Settled};

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{Aggregate, Given, Minutes, Points};

/// One volunteer's account as its history tells it.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// What can be used, by the last day of use; `None` stands for ever and sorts last.
    lots: BTreeMap<LastDay, Points>,
    /// What each attested revision of a record earned; none once it is reversed, so that it never
    /// earns again.
    earned: BTreeMap<(u32, u32), Option<Points>>,
    /// Redemptions that stand: cost of each.
    redemptions: BTreeMap<u32, Points>,
    redeemed: u32,
    owed: Points,
}

/// Last day of use, ordered so that points without one are used last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum LastDay {
    On(Date),
    Never,
}

impl From<Option<Date>> for LastDay {
    fn from(day: Option<Date>) -> Self {
        day.map_or(Self::Never, Self::On)
    }
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
            Command::Reverse { record, revision } => Ok(self.reverse(record, revision)),
            Command::Redeem { item } => self.redeem(&item, given),
            Command::CancelRedemption { redemption } => self.cancel(redemption, given),
            Command::Expire => Ok(self.expire(given.today())),
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Earned(earned) => {
                self.earned.insert((earned.record, earned.revision), Some(earned.points));
                self.put(earned.expires_on, earned.points);
            }
            Event::Redeemed(redeemed) => {
                self.redeemed = redeemed.redemption;
                self.redemptions.insert(redeemed.redemption, redeemed.points);
                self.take(redeemed.points);
            }
            Event::RedemptionCancelled(cancelled) => {
                self.redemptions.remove(&cancelled.redemption);
                self.put(cancelled.expires_on, cancelled.points);
            }
            Event::Expired(expired) => {
                self.lots.remove(&LastDay::On(expired.expires_on));
            }
            Event::Reversed(reversed) => {
                self.earned.insert((reversed.record, reversed.revision), None);
                self.owed = reversed.owed;
                self.take(reversed.points);
            }
            Event::Settled(settled) => {
                self.owed = settled.owed;
                self.take(settled.points);
            }
        }
    }
}
