use std::collections::{BTreeMap, BTreeSet};

use domain::{Month, UnitCode};
use rusqlite::Connection;
use serde::Serialize;

use super::{Counts, Entry, Figure, Sums};
use crate::described;
use crate::engine::column::read;
use crate::engine::query::{Direction, Page, PageRequest, QueryError, Select, units_within};

/// The stations of a unit in a month, and the units above them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The month.
    pub month: Month,
    /// A line a unit, by code.
    pub lines: Vec<Line>,
}

described! {
    /// 月报 what a station did, or all stations below a unit together.
    pub struct Line as "MonthlyReportLine" {
        /// 单位代码 unit
        pub unit: UnitCode,
        /// 单位名称 name, where it is registered
        #[example = "溪口村"]
        pub name: Option<String>,
        /// 上级 parent
        pub parent: Option<UnitCode>,
        /// 是否工作站 whether it is a station itself
        pub is_station: bool,
        /// 工作站数 stations that are counted here
        pub stations: u32,
        /// 每月议事 months with a meeting in the year so far
        pub meeting_months: MeetingMonths,
        /// 当月 the month alone
        pub of_month: Sums,
        /// 本年 the year up to the month
        pub of_year: Sums,
    }
}

described! {
    /// 每月议事 months with a meeting against those that owe one, of all stations together.
    #[derive(Copy, Default)]
    pub struct MeetingMonths {
        /// 已议事月份 months of which a first meeting was sealed in the year so far
        pub held: i64,
        /// 应议事月份 months that owe one up to the month
        pub so_far: i64,
        /// 全年应议事月份 months that owe one in the year: 12 for a station that was there in January
        pub of_year: i64,
    }
}

/// What a report sums up.
#[derive(Debug, Clone, Default)]
struct Part {
    stations: u32,
    months: MeetingMonths,
    of_month: Counts,
    of_year: Counts,
}

impl Part {
    fn add(&mut self, more: &Self) {
        self.stations += more.stations;
        self.months.so_far += more.months.so_far;
        self.months.of_year += more.months.of_year;
        self.of_month.add_all(&more.of_month);
        self.of_year.add_all(&more.of_year);
    }
}

/// The report of a month; only of `root` and what lies below it, where one is given.
///
/// # Errors
/// See [`QueryError`].
pub fn report(
    conn: &Connection,
    root: Option<&UnitCode>,
    month: Month,
) -> Result<Report, QueryError> {
    let mut stations = stations(conn, root, month)?;
    count(conn, month, &mut stations)?;
    let (tree, shown) = (tree(conn)?, shown(conn, root)?);
    let mut parts: BTreeMap<UnitCode, Part> = BTreeMap::new();
    for (station, part) in &stations {
        for unit in upwards(&tree, station) {
            if shown.as_ref().is_none_or(|shown| shown.contains(unit)) {
                parts.entry(unit.clone()).or_default().add(part);
            }
        }
    }
    let line = |(unit, part): (UnitCode, Part)| {
        let (name, parent) = tree.get(&unit).cloned().unzip();
        Line {
            name,
            parent: parent.flatten(),
            is_station: stations.contains_key(&unit),
            stations: part.stations,
            meeting_months: MeetingMonths {
                held: part.of_year.of(Figure::MonthsHeld),
                ..part.months
            },
            of_month: part.of_month.into(),
            of_year: part.of_year.into(),
            unit,
        }
    };
    Ok(Report { month, lines: parts.into_iter().map(line).collect() })
}

/// Stations that were there in the month, with the months that owe a meeting.
fn stations(
    conn: &Connection,
    root: Option<&UnitCode>,
    month: Month,
) -> Result<BTreeMap<UnitCode, Part>, QueryError> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT station, first_month FROM meeting_since JOIN station_board USING (station)
         WHERE opened_on <= ?2 AND (?1 IS NULL OR station IN ({}))",
        units_within(1)
    ))?;
    let asked = (root.map(UnitCode::as_str), month.last_day().to_string());
    let found = query.query_map(asked, |row| Ok((read(row, 0)?, read::<Month>(row, 1)?)))?;
    let part = |first_month: Month| {
        let months = MeetingMonths {
            held: 0,
            so_far: months_of_year(first_month, month),
            of_year: months_of_year(first_month, end_of_year(month)),
        };
        Part { stations: 1, months, ..Part::default() }
    };
    found
        .map(|row| row.map(|(station, first)| (station, part(first))).map_err(Into::into))
        .collect()
}

/// Adds the figures of the month and of its year so far.
fn count(
    conn: &Connection,
    month: Month,
    stations: &mut BTreeMap<UnitCode, Part>,
) -> Result<(), QueryError> {
    let mut query = conn.prepare_cached(
        "SELECT station, figure, sum(count), sum(CASE WHEN month = ?2 THEN count ELSE 0 END)
         FROM monthly_count WHERE month BETWEEN ?1 AND ?2 GROUP BY station, figure",
    )?;
    let mut found = query.query([january(month).to_string(), month.to_string()])?;
    while let Some(row) = found.next()? {
        if let Some(part) = stations.get_mut(&read::<UnitCode>(row, 0)?) {
            let figure = read(row, 1)?;
            part.of_year.add(figure, read(row, 2)?);
            part.of_month.add(figure, read(row, 3)?);
        }
    }
    Ok(())
}

type Tree = BTreeMap<UnitCode, (String, Option<UnitCode>)>;

/// Name and parent of every unit, as the quota keeps them.
fn tree(conn: &Connection) -> Result<Tree, QueryError> {
    let mut query = conn.prepare_cached("SELECT unit, name, parent FROM quota_unit")?;
    let found = query.query_map([], |row| Ok((read(row, 0)?, (read(row, 1)?, read(row, 2)?))))?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn shown(
    conn: &Connection,
    root: Option<&UnitCode>,
) -> Result<Option<BTreeSet<UnitCode>>, QueryError> {
    let Some(root) = root else { return Ok(None) };
    let mut query = conn.prepare_cached(&units_within(1))?;
    let found = query.query_map([root.as_str()], |row| read(row, 0))?;
    Ok(Some(found.collect::<Result<_, _>>()?))
}

/// A unit and all above it; ends should history hold a circle.
fn upwards<'a>(tree: &'a Tree, unit: &'a UnitCode) -> impl Iterator<Item = &'a UnitCode> {
    let above = |unit: &&UnitCode| tree.get(*unit).and_then(|(_, parent)| parent.as_ref());
    std::iter::successors(Some(unit), above).take(tree.len().max(1))
}

/// Months of the last one's year from the first, or from January, on.
fn months_of_year(first: Month, last: Month) -> i64 {
    let first = first.max(january(last)).first_day();
    let months = i64::from(last.first_day().month()) - i64::from(first.month()) + 1;
    if first > last.first_day() { 0 } else { months }
}

fn january(month: Month) -> Month {
    Month::of(month.first_day().first_of_year())
}

fn end_of_year(month: Month) -> Month {
    Month::of(month.first_day().last_of_year())
}

/// The events behind a figure of a month; only of the stations of a unit, where one is given.
///
/// # Errors
/// See [`QueryError`].
pub fn entries(
    conn: &Connection,
    within: Option<&UnitCode>,
    month: Month,
    figure: Figure,
    page: &PageRequest,
) -> Result<Page<Entry>, QueryError> {
    Select::<Entry>::ordered(&["station", "n"], Direction::Ascending)
        .within("station", within)
        .filter("month", "=", Some(month.to_string()))?
        .filter("figure", "=", Some(figure.as_str()))?
        .page(conn, page)
}
