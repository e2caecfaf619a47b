//! Read models as lists. One file a read model: its columns, and its own query.

mod activity_board;
mod execution_ledger;
mod issue_register;
mod meeting_calendar;
mod monthly_entries;
mod monthly_report;
mod notice_board;
mod points_bank;
mod quota;
mod service_timeliness;
mod station_board;
mod supervision_worklist;
mod survey_result;
mod volunteer_archive;

use domain::{Month, UnitCode};
use jiff::Timestamp;
use projections::models::monthly_report::Figure;
use projections::{Page, PageRequest, QueryError, Rate};
use rusqlite::Connection;
use serde::Serialize;

use crate::cli::{Format, Model};
use crate::console::Console;
use crate::failure::Failure;
use crate::lang::{Lang, Said};
use crate::log::Log;
use crate::replayed::Replayed;
use crate::table::{self, Column};

/// Which rows are asked for, and how.
pub struct Asked {
    /// The moment at which figures that depend on the day hold.
    pub at: Timestamp,
    /// As of which time, position and number of events.
    pub heading: Said,
    /// Only this unit.
    pub unit: Option<UnitCode>,
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
trait Shown {
    /// One row.
    type Row: Serialize + 'static;
    /// What a table shows of it. JSON shows all.
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

/// Writes a read model.
pub fn show(
    model: Model,
    log: &Log,
    replayed: &Replayed,
    asked: &Asked,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    if let Some(figure) = asked.figure {
        let (rows, more) = monthly_entries::rows(log, &replayed.conn, figure, asked)?;
        return print(monthly_entries::COLUMNS, &rows, more, None, replayed, asked, console);
    }
    match model {
        Model::Quota => write::<quota::Quota>(replayed, asked, console),
        Model::PointsBank => write::<points_bank::PointsBank>(replayed, asked, console),
        Model::NoticeBoard => write::<notice_board::NoticeBoard>(replayed, asked, console),
        Model::VolunteerArchive => {
            write::<volunteer_archive::VolunteerArchive>(replayed, asked, console)
        }
        Model::ServiceTimeliness => {
            write::<service_timeliness::ServiceTimeliness>(replayed, asked, console)
        }
        Model::ActivityBoard => write::<activity_board::ActivityBoard>(replayed, asked, console),
        Model::StationBoard => write::<station_board::StationBoard>(replayed, asked, console),
        Model::IssueRegister => write::<issue_register::IssueRegister>(replayed, asked, console),
        Model::MeetingCalendar => {
            write::<meeting_calendar::MeetingCalendar>(replayed, asked, console)
        }
        Model::ExecutionLedger => {
            write::<execution_ledger::ExecutionLedger>(replayed, asked, console)
        }
        Model::SupervisionWorklist => {
            write::<supervision_worklist::SupervisionWorklist>(replayed, asked, console)
        }
        Model::MonthlyReport => write::<monthly_report::MonthlyReport>(replayed, asked, console),
        Model::SurveyResult => write::<survey_result::SurveyResult>(replayed, asked, console),
    }
}

/// A list as JSON.
#[derive(Serialize)]
struct Listed<'a, T> {
    as_of: Timestamp,
    position: u64,
    events: u64,
    rows: &'a [T],
}

fn write<S: Shown>(
    replayed: &Replayed,
    asked: &Asked,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    let conn = &replayed.conn;
    let (rows, more) = all(asked, |page| S::page(conn, asked, page))?;
    print(S::COLUMNS, &rows, more, S::footer(conn)?, replayed, asked, console)
}

fn print<T: Serialize>(
    columns: &[Column<T>],
    rows: &[T],
    more: bool,
    footer: Option<Said>,
    replayed: &Replayed,
    asked: &Asked,
    console: &mut Console<'_>,
) -> Result<(), Failure> {
    match asked.format {
        Format::Json => {
            let (position, events) = (replayed.position.0, replayed.events);
            table::write_json(console, &Listed { as_of: asked.at, position, events, rows })?;
        }
        Format::Csv => {
            console.note(&asked.heading);
            table::write_csv(console, columns, rows)?;
        }
        Format::Table => {
            console.say(&asked.heading)?;
            table::write_table(console, columns, rows)?;
            if let Some(footer) = footer {
                console.say(&footer)?;
            }
        }
    }
    if more {
        let count = rows.len();
        console.note(&Said::new(
            format!("只显示前{count}行;更多见 --limit。"),
            format!("The first {count} rows only; see --limit for more."),
        ));
    }
    Ok(())
}

/// All rows up to the limit, and whether there are more.
fn all<T>(
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

/// A word in the language of the table: the stored one in English.
fn word(stored: &str, zh: &str, lang: Lang) -> String {
    lang.pick(zh.to_owned(), stored.replace('_', " "))
}

/// A rate with the counts behind it, `89.9% (80/89)`.
fn percent(rate: Rate) -> String {
    let Rate { count, whole, per_mille } = rate;
    per_mille
        .map_or_else(String::new, |part| format!("{}.{}% ({count}/{whole})", part / 10, part % 10))
}

/// Minutes as hours and minutes, `12:30`.
fn clock(minutes: i64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}
