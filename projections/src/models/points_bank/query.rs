use domain::{PersonId, Points};
use jiff::civil::Date;
use rusqlite::Connection;

use super::{Account, AccountId, Entry, Lot, NEVER};
use crate::described;
use crate::engine::column;
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select, find};

described! {
    /// 对账单 an account over a period; points in hundredths.
    pub struct Statement as "PointsAccount" {
        /// 账户 volunteer number, or `issuer`
        pub account: AccountId,
        /// 期初余额 balance before `since`
        pub opening: Points,
        /// 获得 earned in the period
        pub earned: Points,
        /// 兑换 redeemed in the period
        pub redeemed: Points,
        /// 撤销兑换退回 returned in the period
        pub returned: Points,
        /// 过期 expired in the period
        pub expired: Points,
        /// 冲正 reversed in the period
        pub reversed: Points,
        /// 补扣 settled in the period
        pub settled: Points,
        /// 余额 balance
        pub balance: Points,
        /// 尚欠 owed
        pub owed: Points,
        /// 最早到期日 next expiry; none: nothing expires
        pub next_expiry: Option<Date>,
    }
}

impl Statement {
    /// From the beginning on, or with what was before `since` drawn together as the opening balance.
    fn of(conn: &Connection, account: Account, since: Option<Date>) -> Result<Self, QueryError> {
        let before = match since {
            Some(since) => totals_before(conn, account.account, since)?,
            None => Account::new(account.account),
        };
        Ok(Self {
            account: account.account,
            opening: before.balance,
            earned: account.earned - before.earned,
            redeemed: account.redeemed - before.redeemed,
            returned: account.returned - before.returned,
            expired: account.expired - before.expired,
            reversed: account.reversed - before.reversed,
            settled: account.settled - before.settled,
            balance: account.balance,
            owed: account.owed,
            next_expiry: account.next_expiry.filter(|&day| day != NEVER),
        })
    }
}

/// All accounts, the issuer's last; the period begins with `since`, or with the first event.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    since: Option<Date>,
    page: &PageRequest,
) -> Result<Page<Statement>, QueryError> {
    let accounts =
        Select::<Account>::ordered(&["account"], Direction::Ascending).page(conn, page)?;
    let Page { items, next } = accounts;
    let items = items.into_iter().map(|account| Statement::of(conn, account, since));
    Ok(Page { items: items.collect::<Result<_, _>>()?, next })
}

/// One account.
///
/// # Errors
/// See [`QueryError`].
pub fn get(
    conn: &Connection,
    account: AccountId,
    since: Option<Date>,
) -> Result<Option<Statement>, QueryError> {
    let found = find::<Account>(conn, &account)?;
    found.map(|account| Statement::of(conn, account, since)).transpose()
}

/// A volunteer's entries, the latest first: each names the record or redemption it comes from.
///
/// # Errors
/// See [`QueryError`].
pub fn entries(
    conn: &Connection,
    volunteer: PersonId,
    page: &PageRequest,
) -> Result<Page<Entry>, QueryError> {
    Select::<Entry>::ordered(&["version"], Direction::Descending)
        .filter("volunteer", "=", Some(volunteer.to_string()))?
        .page(conn, page)
}

/// What a volunteer can still use, by the last day of use.
///
/// # Errors
/// See [`QueryError`].
pub fn lots(
    conn: &Connection,
    volunteer: PersonId,
    page: &PageRequest,
) -> Result<Page<Lot>, QueryError> {
    Select::<Lot>::ordered(&["expires_on"], Direction::Ascending)
        .filter("volunteer", "=", Some(volunteer.to_string()))?
        .page(conn, page)
}

/// The sum over all accounts and the issuer: zero, or the books are wrong.
///
/// # Errors
/// See [`QueryError`].
pub fn total(conn: &Connection) -> Result<Points, QueryError> {
    let sum = "SELECT coalesce(sum(balance), 0) FROM points_account";
    Ok(Points(conn.prepare_cached(sum)?.query_row([], |row| row.get(0))?))
}

fn totals_before(conn: &Connection, id: AccountId, day: Date) -> Result<Account, QueryError> {
    let (condition, side) = match id {
        AccountId::Issuer => ("?1 = 'issuer'", -1),
        AccountId::Volunteer(_) => ("volunteer = ?1", 1),
    };
    let mut query = conn.prepare_cached(&format!(
        "SELECT kind, sum(points) FROM points_entry WHERE {condition} AND day < ?2 GROUP BY kind"
    ))?;
    let mut account = Account::new(id);
    let mut found = query.query([id.to_string(), day.to_string()])?;
    while let Some(row) = found.next()? {
        account.book(column::read(row, 0)?, Points(row.get(1)?), side);
    }
    Ok(account)
}
