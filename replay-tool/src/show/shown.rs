//! What is asked of a read model, and how its rows are fetched and their values written.

use domain::{CampaignCode, Month, UnitCode};
use jiff::Timestamp;
use projections::described::Described;
use projections::models::monthly_report::Figure;
use projections::{Page, PageRequest, PerMille, QueryError, Rate};
use rusqlite::Connection;
use serde::Serialize;

use crate::lang::Said;
use crate::table::{Column, Format};

/// Which rows are asked for, and how.
pub struct Asked {
    /// The moment at which figures that depend on the day hold.
    pub at: Timestamp,
    /// As of which time, position and number of events.
    pub heading: Said,
    /// Only this unit.
    pub unit: Option<UnitCode>,
    /// In this campaign.
    pub campaign: Option<CampaignCode>,
    /// Of this month, or up to it.
    pub month: Option<Month>,
    /// Only the events behind this figure of a monthly report.
    pub figure: Option<Figure>,
    /// At most so many rows.
    pub limit: Option<u32>,
    /// The form of the answer.
    pub format: Format,
}

/// A read model that can be shown.
pub(super) trait Shown {
    /// One row.
    type Row: Serialize + Described + 'static;
    /// What a table shows of it. JSON and files for spreadsheets hold all.
    const COLUMNS: &'static [Column<Self::Row>];

    /// One page of rows.
    fn page(
        conn: &Connection,
        asked: &Asked,
        page: &PageRequest,
    ) -> Result<Page<Self::Row>, QueryError>;

    /// A line below the table.
    fn footer(_: &Connection) -> Result<Option<Said>, QueryError> {
        Ok(None)
    }
}

/// All rows up to the limit, and whether there are more.
pub(super) fn all<T>(
    asked: &Asked,
    list: impl Fn(&PageRequest) -> Result<Page<T>, QueryError>,
) -> Result<(Vec<T>, bool), QueryError> {
    let most = asked.limit.map_or(usize::MAX, |limit| limit as usize);
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let page = list(&PageRequest { after, limit: projections::MAX_PAGE })?;
        rows.extend(page.items);
        after = page.next;
        if rows.len() >= most || after.is_none() {
            let more = rows.len() > most || after.is_some();
            rows.truncate(most);
            return Ok((rows, more));
        }
    }
}

/// A rate with the counts behind it, `89.9% (80/89)`.
pub(super) fn percent(rate: Rate) -> String {
    let Rate { count, whole, per_mille } = rate;
    per_mille.map_or_else(String::new, |PerMille(part)| {
        format!("{}.{}% ({count}/{whole})", part / 10, part % 10)
    })
}

/// Minutes as hours and minutes, `12:30`.
pub(super) fn clock(minutes: i64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}
