use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Points;

/// What happens on a volunteer's points account (积分账户). Every entry stands against the issuer's
/// account, so all accounts together sum to zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// 获得.
    Earned(Earned),
    /// 兑换.
    Redeemed(Redeemed),
    /// 撤销兑换.
    RedemptionCancelled(RedemptionCancelled),
    /// 过期.
    Expired(Expired),
    /// 冲正.
    Reversed(Reversed),
    /// 补扣.
    Settled(Settled),
}

/// Points were earned by one attested revision of a record: issuer → volunteer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earned {
    /// The service record.
    pub record: u32,
    /// The attested revision of it.
    pub revision: u32,
    /// How many.
    pub points: Points,
    /// Last day on which they can be used; none: for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Date>,
}

/// Points were exchanged for an offer: volunteer → issuer. The oldest go first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redeemed {
    /// 1 for the account's first redemption, rising by one.
    pub redemption: u32,
    /// Code of the offer.
    pub item: Box<str>,
    /// Its name on that day.
    pub name: Box<str>,
    /// What it cost.
    pub points: Points,
}

/// An exchange was undone because the offer was not given: issuer → volunteer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedemptionCancelled {
    /// Which.
    pub redemption: u32,
    /// How many came back.
    pub points: Points,
    /// Last day on which the first of them can be used; none: for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Date>,
    /// What came back, each with the last day it had before; none in the earliest events, where all came back with
    /// `expires_on`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lots: Option<Vec<Portion>>,
}

/// Points with the same last day of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portion {
    /// Last day on which they can be used; none: for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Date>,
    /// How many.
    pub points: Points,
}

/// Points that were not used in time: volunteer → issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expired {
    /// How many.
    pub points: Points,
    /// The last day on which they could be used.
    pub expires_on: Date,
}

/// Points of a record that no longer counts: volunteer → issuer. What is left of them goes first. What was used of them is owed
/// and paid from other points as far as these go; what expired unused is owed by nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reversed {
    /// The service record.
    pub record: u32,
    /// The revision of it that had earned them.
    pub revision: u32,
    /// How many were taken; the balance never falls below zero.
    pub points: Points,
    /// How many the volunteer still owes after this, taken from what is earned next.
    pub owed: Points,
    /// From where they were taken; none in the earliest events, which took what expires first and owed the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lots: Option<Vec<Portion>>,
}

/// Points owed from an earlier reversal were taken from what came in: volunteer → issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// How many.
    pub points: Points,
    /// How many are owed still.
    pub owed: Points,
    /// From where they were taken; none in the earliest events, which took what expires first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lots: Option<Vec<Portion>>,
}
