//! Read models as lists. One file a read model: its columns, and its own query.

mod activity_board;
mod bulletins;
mod comparisons;
mod execution_ledger;
mod issue_register;
mod meeting_calendar;
mod monthly_entries;
mod monthly_report;
mod notice_board;
mod points_bank;
mod progress;
mod quota;
mod service_timeliness;
mod shown;
mod station_board;
mod supervision_worklist;
mod survey_result;
mod volunteer_archive;

use clap::ValueEnum;
use jiff::Timestamp;
use papers::table::Form;
use serde::Serialize;

use crate::console::Console;
use crate::failure::Failure;
use crate::lang::Said;
use crate::log::Log;
use crate::replayed::Replayed;
use crate::table::{self, Column, Format};
pub use shown::Asked;
use shown::{Shown, all};

/// Declares the read models that can be shown, each with the file that shows it.
macro_rules! models {
    ($( $(#[$meta:meta])+ $model:ident by $file:ident; )+) => {
        /// The read models that can be shown.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
        pub enum Model { $( $(#[$meta])+ $model, )+ }

        fn list(
            model: Model,
            replayed: &Replayed,
            asked: &Asked,
            console: &mut Console<'_>,
        ) -> Result<(), Failure> {
            match model { $( Model::$model => write::<$file::$model>(replayed, asked, console), )+ }
        }
    };
}

models! {
    /// 任务进度。 How far every unit has come.
    Quota by quota;
    /// 进度:各单位的队员、注册、比对、待办和逾期。 Members, registered and compared people, open and late of every unit.
    Progress by progress;
    /// 通报。 What was published of the units' progress.
    Bulletins by bulletins;
    /// 实名比对。 Which rosters were compared, and what came of it.
    Comparisons by comparisons;
    /// 积分银行。 Accounts of points.
    PointsBank by points_bank;
    /// 公示公告栏,又名public-notice。 The public notice board, also known as public-notice.
    #[value(alias = "public-notice")]
    NoticeBoard by notice_board;
    /// 志愿者档案。 What is known of each volunteer, without personal data.
    VolunteerArchive by volunteer_archive;
    /// 服务记录及时性。 Service records and whether they were in time.
    ServiceTimeliness by service_timeliness;
    /// 活动一览。 Activities.
    ActivityBoard by activity_board;
    /// 援法议事工作站和五有。 Stations, and which of the five each has.
    StationBoard by station_board;
    /// 问题登记簿。 Issues, as the register holds them.
    IssueRegister by issue_register;
    /// 执行台账:各项决议办到哪一步。 Every resolution, and how far it has come.
    ExecutionLedger by execution_ledger;
    /// 月报:各站当月和本年累计,并逐级汇总。 Every station's month and year so far, and the units above them.
    MonthlyReport by monthly_report;
    /// 监督工作清单:什么事等谁办、逾期多久。 What waits for whom, and how long it is overdue.
    SupervisionWorklist by supervision_worklist;
    /// 满意度测评结果。 Surveys; rates only of enough replies.
    SurveyResult by survey_result;
    /// 议事日历:各站各月是否议事。 Each station's months, with and without a meeting.
    MeetingCalendar by meeting_calendar;
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
        let columns = monthly_entries::COLUMNS;
        let file = |console: &mut Console<'_>, form, rows: &[_]| {
            table::write_file(console, form, ("月报依据", asked.at), columns, rows)
        };
        return print((columns, file), &rows, more, None, replayed, asked, console);
    }
    list(model, replayed, asked, console)
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
    let file = |console: &mut Console<'_>, form, rows: &[_]| {
        table::write_rows(console, form, asked.at, rows)
    };
    print((S::COLUMNS, file), &rows, more, S::footer(conn)?, replayed, asked, console)
}

fn print<T: Serialize>(
    (columns, file): (&[Column<T>], impl Fn(&mut Console<'_>, Form, &[T]) -> Result<(), Failure>),
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
            file(console, Form::Csv, rows)?;
        }
        Format::Xlsx => {
            console.note(&asked.heading);
            file(console, Form::Xlsx, rows)?;
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
