//! 积分银行.

use projections::models::points_bank::{self, AccountId, Statement};
use projections::models::volunteer_archive;
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;

use super::shown::{Asked, Shown};
use crate::lang::Said;
use crate::table::{Column, columns, or_blank};

/// The read model *points bank*. Points are decimals, `2.50`.
pub struct PointsBank;

impl Shown for PointsBank {
    type Row = Statement;
    const COLUMNS: &'static [Column<Statement>] = columns! { Statement:
        "account" "账户" "Account" left |row, lang| match row.account {
            AccountId::Issuer => lang.pick("发行方", "issuer").to_owned(),
            AccountId::Volunteer(volunteer) => volunteer.to_string(),
        };
        "opening" "期初" "Opening" right |row, _| row.opening.to_string();
        "earned" "获得" "Earned" right |row, _| row.earned.to_string();
        "redeemed" "兑换" "Redeemed" right |row, _| row.redeemed.to_string();
        "returned" "退回" "Returned" right |row, _| row.returned.to_string();
        "expired" "过期" "Expired" right |row, _| row.expired.to_string();
        "reversed" "冲正" "Reversed" right |row, _| row.reversed.to_string();
        "settled" "补扣" "Settled" right |row, _| row.settled.to_string();
        "balance" "余额" "Balance" right |row, _| row.balance.to_string();
        "owed" "尚欠" "Owed" right |row, _| row.owed.to_string();
        "next_expiry" "最早到期" "Next expiry" left |row, _| or_blank(row.next_expiry);
    };

    /// An account knows no unit; the archive knows the volunteers of one.
    fn page(
        conn: &Connection,
        asked: &Asked,
        page: &PageRequest,
    ) -> Result<Page<Statement>, QueryError> {
        let Some(unit) = asked.unit.clone() else {
            return points_bank::list(conn, None, page);
        };
        let filter = volunteer_archive::Filter { unit: Some(unit), ..Default::default() };
        let Page { items, next } = volunteer_archive::list(conn, &filter, page)?;
        let accounts = items.into_iter().filter_map(|file| {
            points_bank::get(conn, AccountId::Volunteer(file.archive.volunteer), None).transpose()
        });
        Ok(Page { items: accounts.collect::<Result<_, _>>()?, next })
    }

    fn footer(conn: &Connection) -> Result<Option<Said>, QueryError> {
        let total = points_bank::total(conn)?;
        Ok(Some(Said::new(
            format!("全部账户与发行方合计 {total}"),
            format!("All accounts and the issuer together: {total}"),
        )))
    }
}
