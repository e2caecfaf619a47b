//! 监督工作清单.

use domain::county_date;
use jiff::civil::Date;
use projections::models::supervision_worklist::{self, Filter, Kind, Task, WaitsFor};
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;
use serde::Serialize;

use super::shown::{Asked, Shown, word};
use crate::lang::Lang;
use crate::moment::county;
use crate::table::{Column, columns, or_blank};

/// The read model *supervision worklist*: what waits for whom, the longest first.
pub struct SupervisionWorklist;

/// A task as of a day.
#[derive(Serialize)]
pub struct Row {
    #[serde(flatten)]
    task: Task,
    days_overdue: i32,
}

impl Shown for SupervisionWorklist {
    type Row = Row;
    const COLUMNS: &'static [Column<Row>] = columns! { Row:
        "waits_for" "责任方" "Waits for" left |row, lang| waits_for(row.task.waits_for, lang);
        "kind" "事项" "What" left |row, lang| kind(row.task.kind, lang);
        "station" "工作站" "Station" left |row, _| row.task.station.to_string();
        "subject" "对象" "Subject" left |row, _| row.task.subject.to_string();
        "number" "异议" "Objection" right |row, _| or_blank(Some(row.task.number).filter(|number| *number > 0));
        "title" "名称" "Title" left |row, _| row.task.title.clone();
        "executor" "执行人" "Executor" left |row, _| or_blank(row.task.executor);
        "since" "起始" "Since" left |row, _| county(row.task.since);
        "due" "期限" "Due" left |row, _| or_blank(row.task.due);
        "days_overdue" "逾期天数" "Days overdue" right |row, _| row.days_overdue.to_string();
    };

    fn page(conn: &Connection, asked: &Asked, page: &PageRequest) -> Result<Page<Row>, QueryError> {
        let filter = Filter { within: asked.unit.clone(), ..Filter::default() };
        let today = county_date(asked.at);
        let found = supervision_worklist::list(conn, &filter, page)?;
        let row = |task: Task| Row { days_overdue: overdue(task.due, today), task };
        Ok(Page { items: found.items.into_iter().map(row).collect(), next: found.next })
    }
}

fn overdue(due: Option<Date>, today: Date) -> i32 {
    due.map_or(0, |due| (today - due).get_days().max(0))
}

fn waits_for(whom: WaitsFor, lang: Lang) -> String {
    let zh = match whom {
        WaitsFor::LeadingGroup => "领导小组",
        WaitsFor::Council => "议事会",
        WaitsFor::Executor => "执行人",
        WaitsFor::Supervision => "监督小组",
        WaitsFor::Town => "乡镇(街道)",
    };
    word(whom.as_str(), zh, lang)
}

fn kind(kind: Kind, lang: Lang) -> String {
    let zh = match kind {
        Kind::AnswerIssue => "答复咨询",
        Kind::TriageIssue => "审议议题",
        Kind::ScheduleIssue => "列入议程",
        Kind::RatifyIssue => "追认急事特事",
        Kind::SealMinutes => "封存会议记录",
        Kind::PubliciseResolution => "公示决议",
        Kind::AnswerObjection => "答复异议",
        Kind::AnswerEscalated => "答复上报的异议",
        Kind::CorrectResolution => "修正或撤销决议",
        Kind::AssignExecutor => "明确专人",
        Kind::Execute => "执行",
        Kind::VerifyCompletion => "核实完成情况",
        Kind::InformBranch => "反馈党支部",
        Kind::InformMeeting => "会议通报",
        Kind::PubliciseCompletion => "公示完成情况",
    };
    word(kind.as_str(), zh, lang)
}
