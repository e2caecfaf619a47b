use std::fmt;
use std::str::FromStr;

use domain::{BadValue, PersonId, Points};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::{FromSqlError, FromSqlResult, ValueRef};
use serde::{Serialize, Serializer};

use crate::engine::column::{Column, words};
use crate::engine::described::{Shape, Shaped, Text};
use crate::engine::row::table;

/// Stands for "no last day of use", so that the column sorts and is never NULL.
pub const NEVER: Date = Date::constant(9999, 12, 31);

/// An account: the issuer's (发行方) or a volunteer's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccountId {
    /// 发行方: what all volunteers have, it owes.
    Issuer,
    /// 志愿者.
    Volunteer(PersonId),
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Issuer => f.write_str("issuer"),
            Self::Volunteer(volunteer) => volunteer.fmt(f),
        }
    }
}

impl FromStr for AccountId {
    type Err = BadValue;
    fn from_str(text: &str) -> Result<Self, BadValue> {
        if text == "issuer" { Ok(Self::Issuer) } else { text.parse().map(Self::Volunteer) }
    }
}

impl Serialize for AccountId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Shaped for AccountId {
    const SHAPE: Shape = Shape::Text(Text {
        format: None,
        length: Some((6, 13)),
        pattern: Some("^(issuer|V[0-9A-HJKMNP-TV-Z]{12})$"),
        example: "V0123456789AB",
    });
}

impl Column for AccountId {
    const TYPE: &'static str = "TEXT";
    fn bind(&self, to: &mut rusqlite::Statement<'_>, at: usize) -> rusqlite::Result<()> {
        match self {
            Self::Issuer => to.raw_bind_parameter(at, "issuer"),
            Self::Volunteer(volunteer) => volunteer.bind(to, at),
        }
    }
    fn read(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(FromSqlError::other)
    }
}

words! {
    /// What an entry is for.
    EntryKind {
        /// 获得
        Earned "earned",
        /// 兑换
        Redeemed "redeemed",
        /// 撤销兑换
        Returned "returned",
        /// 过期
        Expired "expired",
        /// 冲正
        Reversed "reversed",
        /// 补扣
        Settled "settled",
    }
}

table! {
    /// 积分账户: an account; all points in hundredths. The issuer's figures mirror those of all volunteers.
    pub struct Account in "points_account" {
        key {
            /// 账户 volunteer number, or `issuer` 发行方
            account: AccountId,
        }
        /// 获得 earned
        earned: Points,
        /// 兑换 redeemed
        redeemed: Points,
        /// 撤销兑换退回 returned by cancelled redemptions
        returned: Points,
        /// 过期 expired
        expired: Points,
        /// 冲正 reversed, because a record no longer counts
        reversed: Points,
        /// 补扣 settled: owed from a reversal, taken from what came in later
        settled: Points,
        /// 余额 balance = earned + returned − redeemed − expired − reversed − settled; the issuer's is negative
        balance: Points,
        /// 尚欠 still owed from reversals
        owed: Points,
        /// 分录数 entries
        entries: i64,
        /// 最早到期日 last day of use of what expires first; 9999-12-31 never; NULL nothing there
        next_expiry: Option<Date>,
    }
    index (next_expiry);
}

table! {
    /// 未用积分批次: what can still be used, by the last day of use.
    pub struct Lot in "points_lot" {
        key {
            /// 志愿者编号 volunteer number
            volunteer: PersonId,
            /// 到期日 last day of use; 9999-12-31 never
            expires_on: Date,
        }
        /// 积分 points, in hundredths
        points: Points,
    }
}

table! {
    /// 积分分录: an entry moves points from the debit account to the credit account.
    pub struct Entry in "points_entry" as "PointsEntry" {
        key {
            /// 志愿者编号 volunteer on the one side; the issuer is on the other
            volunteer: PersonId,
            /// 账户事件序号 number of the event in the account's own stream
            version: u64,
        }
        /// 类型 what it is for
        kind: EntryKind,
        /// 借方账户 account that gives
        debit: AccountId,
        /// 贷方账户 account that receives
        credit: AccountId,
        /// 积分 points, in hundredths, never negative
        points: Points,
        /// 余额 the volunteer's balance afterwards
        balance: Points,
        /// 服务记录号 service record it comes from
        record: Option<u32>,
        /// 记录版本 revision of that record
        revision: Option<u32>,
        /// 兑换号 redemption
        redemption: Option<u32>,
        /// 兑换项目 offer
        #[example = "BUS-10"]
        item: Option<String>,
        /// 到期日 last day of use; NULL not concerned or never
        expires_on: Option<Date>,
        /// 记账时间 when the log learned it (UTC)
        recorded_at: Timestamp,
        /// 记账日 that day in the county
        day: Date,
    }
}

impl Account {
    pub(super) fn new(account: AccountId) -> Self {
        Self {
            account,
            earned: Points(0),
            redeemed: Points(0),
            returned: Points(0),
            expired: Points(0),
            reversed: Points(0),
            settled: Points(0),
            balance: Points(0),
            owed: Points(0),
            entries: 0,
            next_expiry: None,
        }
    }
}
