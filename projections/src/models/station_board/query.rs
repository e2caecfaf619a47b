use std::collections::BTreeMap;

use domain::UnitCode;
use domain::station::{Capacity, Group, Item};
use jiff::civil::Date;
use rusqlite::Connection;

use super::{Elected, ItemEvidence, Member, Station, Topic};
use crate::engine::query::{Direction, MAX_PAGE, Page, PageRequest, QueryError, Select, find};

/// Which stations a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this unit and those below it.
    pub within: Option<UnitCode>,
    /// Only those that have all five, or only the others.
    pub complete: Option<bool>,
}

/// Stations by code.
///
/// # Errors
/// See [`QueryError`].
pub fn list(
    conn: &Connection,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Station>, QueryError> {
    let complete = filter.complete.map(|all_five| match all_five {
        true => "complete_since IS NOT NULL",
        false => "complete_since IS NULL",
    });
    Select::<Station>::ordered(&["station"], Direction::Ascending)
        .within("station", filter.within.as_ref())
        .filter_raw(complete)
        .page(conn, page)
}

/// One station.
///
/// # Errors
/// See [`QueryError`].
pub fn get(conn: &Connection, station: &UnitCode) -> Result<Option<Station>, QueryError> {
    find(conn, station)
}

/// Members of a station's groups; only of one group, only those in office on a day, where given.
///
/// # Errors
/// See [`QueryError`].
pub fn members(
    conn: &Connection,
    station: &UnitCode,
    group: Option<Group>,
    on: Option<Date>,
    page: &PageRequest,
) -> Result<Page<Member>, QueryError> {
    let on = on.map(|day| day.to_string());
    Select::<Member>::ordered(&["in_group", "member", "term_from"], Direction::Ascending)
        .filter("station", "=", Some(station.as_str()))?
        .filter("in_group", "=", group.map(Group::as_str))?
        .filter("term_from", "<=", on.as_deref())?
        .filter("term_until", ">=", on.as_deref())?
        .filter("coalesce(left_on, '9999-12-31')", ">", on.as_deref())?
        .page(conn, page)
}

/// How many sit in each group of a station on a day, and as what.
///
/// # Errors
/// See [`QueryError`].
pub fn holders(
    conn: &Connection,
    station: &UnitCode,
    on: Date,
) -> Result<BTreeMap<(Group, Capacity), u32>, QueryError> {
    let mut page = PageRequest { after: None, limit: MAX_PAGE };
    let mut holders = BTreeMap::new();
    loop {
        let found = members(conn, station, None, Some(on), &page)?;
        for member in &found.items {
            *holders.entry((member.in_group, member.capacity)).or_default() += 1;
        }
        match found.next {
            Some(next) => page.after = Some(next),
            None => return Ok(holders),
        }
    }
}

/// Whom residents of a station chose to supervise, by election.
///
/// # Errors
/// See [`QueryError`].
pub fn elected(
    conn: &Connection,
    station: &UnitCode,
    page: &PageRequest,
) -> Result<Page<Elected>, QueryError> {
    Select::<Elected>::ordered(&["election", "member"], Direction::Ascending)
        .filter("station", "=", Some(station.as_str()))?
        .page(conn, page)
}

/// What a station handed in for the five and for its elections; only for one of the five, where given.
///
/// # Errors
/// See [`QueryError`].
pub fn evidence(
    conn: &Connection,
    station: &UnitCode,
    item: Option<Item>,
    page: &PageRequest,
) -> Result<Page<ItemEvidence>, QueryError> {
    Select::<ItemEvidence>::ordered(&["version", "n"], Direction::Ascending)
        .filter("station", "=", Some(station.as_str()))?
        .filter("item", "=", item.map(Item::as_str))?
        .page(conn, page)
}

/// What a station added to the list of topics.
///
/// # Errors
/// See [`QueryError`].
pub fn topics(
    conn: &Connection,
    station: &UnitCode,
    page: &PageRequest,
) -> Result<Page<Topic>, QueryError> {
    Select::<Topic>::ordered(&["topic"], Direction::Ascending)
        .filter("station", "=", Some(station.as_str()))?
        .page(conn, page)
}
