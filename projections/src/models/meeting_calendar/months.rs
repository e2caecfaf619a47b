//! Months with and without a meeting.

use domain::{Month as Of, UnitCode};
use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::Connection;
use serde::Serialize;

use super::rows::{Month, Since};
use crate::described;
use crate::engine::column::words;
use crate::engine::query::{QueryError, find, units_within};
use crate::engine::row::Row;

words! {
    /// How a month of a station stands.
    MonthState {
        /// 已议事
        Held "held",
        /// 已议事(补录): a meeting was held, and entered late
        HeldEnteredLate "held_entered_late",
        /// 未议事
        Missed "missed",
        /// 未定: no meeting has sealed minutes, and their days have not passed
        Open "open",
    }
}

described! {
    /// 议事月 a month of a station's calendar.
    pub struct CalendarMonth {
        /// 月份 month
        pub month: Of,
        /// 状态 how it stands
        pub state: MonthState,
        /// 已议事次数 meetings held in it, with sealed minutes
        pub meetings: u32,
        /// 是否曾记为未议事 whether it was found to have passed without one
        pub missed: bool,
        /// 是否补录 whether its meetings came to light later: after that, or from paper
        pub late: bool,
    }
}

/// A month in which a station held no meeting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Missing {
    /// The station's village.
    pub station: UnitCode,
    /// Which month.
    pub month: Of,
    /// Whether it was recorded as missed; else its days for the minutes may not have passed.
    pub missed: bool,
}

/// The months of a year since the station owes meetings, up to the month of the view; those without a meeting too.
///
/// # Errors
/// See [`QueryError`].
pub fn calendar(
    conn: &Connection,
    station: &UnitCode,
    year: i16,
    view: Of,
) -> Result<Vec<CalendarMonth>, QueryError> {
    let first = find::<Since>(conn, station)?.map(|since| since.first_month);
    let months = first.into_iter().flat_map(|first| span(first, view));
    let months = months.filter(|month| month.first_day().year() == year);
    months.map(|month| calendar_month(conn, station, month)).collect()
}

fn calendar_month(
    conn: &Connection,
    station: &UnitCode,
    month: Of,
) -> Result<CalendarMonth, QueryError> {
    let found = find::<Month>(conn, &(station.clone(), month))?;
    let (meetings, missed, late) =
        found.map_or((0, false, false), |found| (found.meetings, found.missed, found.late));
    let state = match (meetings, late) {
        (0, _) if missed => MonthState::Missed,
        (0, _) => MonthState::Open,
        (_, true) => MonthState::HeldEnteredLate,
        (_, false) => MonthState::Held,
    };
    Ok(CalendarMonth { month, state, meetings, missed, late })
}

/// Months without a meeting of all stations of a unit, since `from` or since a station owes them, up to `view`.
///
/// # Errors
/// See [`QueryError`].
pub fn months_without(
    conn: &Connection,
    within: Option<&UnitCode>,
    from: Of,
    view: Of,
) -> Result<Vec<Missing>, QueryError> {
    let mut without = Vec::new();
    for since in stations(conn, within)? {
        for month in span(since.first_month.max(from), view) {
            let found = calendar_month(conn, &since.station, month)?;
            if found.meetings == 0 {
                let (station, missed) = (since.station.clone(), found.missed);
                without.push(Missing { station, month, missed });
            }
        }
    }
    Ok(without)
}

/// Months to be recorded as missed: over, with the days for their minutes, and neither held nor missed. At most `limit`.
///
/// # Errors
/// See [`QueryError`].
pub fn owed(
    conn: &Connection,
    today: Date,
    minutes_days: u8,
    limit: u32,
) -> Result<Vec<(UnitCode, Of)>, QueryError> {
    let sql = format!("{} WHERE open_month < ?1 ORDER BY station", select::<Since>());
    let mut query = conn.prepare_cached(&sql)?;
    let behind = query.query_map([Of::of(today).to_string()], Since::read)?;
    let is_over =
        |month: Of| month.last_day().saturating_add(i32::from(minutes_days).days()) < today;
    let mut owed = Vec::new();
    for since in behind {
        let since = since?;
        for month in span(since.open_month, Of::of(today)).take_while(|month| is_over(*month)) {
            if owed.len() >= limit as usize {
                return Ok(owed);
            }
            if find::<Month>(conn, &(since.station.clone(), month))?.is_none() {
                owed.push((since.station.clone(), month));
            }
        }
    }
    Ok(owed)
}

/// From one month to another, both included.
fn span(first: Of, last: Of) -> impl Iterator<Item = Of> {
    let next = |month: &Of| Some(month.next()).filter(|next| next > month);
    std::iter::successors(Some(first), next).take_while(move |month| *month <= last)
}

fn stations(conn: &Connection, within: Option<&UnitCode>) -> Result<Vec<Since>, QueryError> {
    let sql = format!(
        "{} WHERE ?1 IS NULL OR station IN ({}) ORDER BY station",
        select::<Since>(),
        units_within(1)
    );
    let mut query = conn.prepare_cached(&sql)?;
    let found = query.query_map([within.map(UnitCode::as_str)], Since::read)?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn select<R: Row>() -> String {
    let columns: Vec<&str> = R::COLUMNS.iter().map(|column| column.name).collect();
    format!("SELECT {} FROM {}", columns.join(", "), R::TABLE)
}
