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
mod shown;
mod station_board;
mod supervision_worklist;
mod survey_result;
mod volunteer_archive;

use jiff::Timestamp;
use serde::Serialize;

use crate::cli::{Format, Model};
use crate::console::Console;
use crate::failure::Failure;
use crate::lang::Said;
use crate::log::Log;
use crate::replayed::Replayed;
use crate::table::{self, Column};
pub use shown::Asked;
use shown::{Shown, all};

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
