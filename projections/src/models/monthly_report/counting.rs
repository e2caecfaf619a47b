//! Figures and the facts behind them.

use domain::{Month, UnitCode, county_date};

use super::Figure;
use super::rows::{Count, Entry};
use crate::{Fact, Rows};

/// Counts the fact once.
pub(super) fn count(rows: &mut Rows<'_>, fact: &Fact, station: &UnitCode, figure: Figure) {
    add(rows, fact, station, figure, 1);
}

/// Adds to a figure and keeps which fact did.
pub(super) fn add(rows: &mut Rows<'_>, fact: &Fact, station: &UnitCode, figure: Figure, more: u32) {
    if more == 0 {
        return;
    }
    let month = Month::of(county_date(fact.recorded_at));
    let key = (month, figure, station.clone());
    let new = || Count { month, figure, station: station.clone(), count: 0, entries: 0 };
    let mut n = 0;
    rows.upsert(&key, new, |row: &mut Count| {
        row.count += i64::from(more);
        row.entries += 1;
        n = row.entries;
    });
    rows.append(Entry {
        month,
        figure,
        station: key.2,
        n,
        stream: fact.stream.clone(),
        version: fact.version.0,
        recorded_at: fact.recorded_at,
    });
}
