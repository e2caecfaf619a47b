//! 执行台账.

use domain::county_date;
use projections::models::execution_ledger::{self, Entry, Filter};
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;

use super::shown::{Asked, Shown};
use crate::moment::county;
use crate::table::{Column, columns, or_blank};

/// The read model *execution ledger*: every resolution, and how far it has come.
pub struct ExecutionLedger;

impl Shown for ExecutionLedger {
    type Row = Entry;
    const COLUMNS: &'static [Column<Entry>] = columns! { Entry:
        "resolution" "决议" "Resolution" left |row, _| row.resolution.resolution.to_string();
        "station" "工作站" "Station" left |row, _| row.resolution.station.to_string();
        "title" "标题" "Title" left |row, _| row.resolution.title.clone();
        "decided_on" "议定" "Decided" left |row, _| row.resolution.decided_on.to_string();
        "stage" "阶段" "Stage" left |row, lang| lang.word(row.resolution.stage);
        "period" "公示期次" "Period" right |row, _| row.resolution.period.to_string();
        "opens_on" "公示首日" "Opens" left |row, _| or_blank(row.resolution.opens_on);
        "closes_on" "公示末日" "Closes" left |row, _| or_blank(row.resolution.closes_on);
        "objections_filed" "异议" "Objections" right |row, _| row.resolution.objections_filed.to_string();
        "objections_open" "待答复" "Open" right |row, _| row.resolution.objections_open.to_string();
        "objections_upheld" "成立" "Upheld" right |row, _| row.resolution.objections_upheld.to_string();
        "objections_overdue" "答复逾期" "Overdue answers" right |row, _| row.resolution.objections_overdue.to_string();
        "executor" "执行人" "Executor" left |row, _| or_blank(row.resolution.executor);
        "office" "职务" "Office" left |row, _| or_blank(row.resolution.office.as_ref());
        "due" "期限" "Due" left |row, _| or_blank(row.resolution.due);
        "extended" "延期" "Extended" right |row, _| row.resolution.extended.to_string();
        "days_overdue" "逾期天数" "Days overdue" right |row, _| row.days_overdue.to_string();
        "last_progress_at" "最近进展" "Last progress" left |row, _| or_blank(row.resolution.last_progress_at.map(county));
        "claimed_at" "报告完成" "Claimed" left |row, _| or_blank(row.resolution.claimed_at.map(county));
        "returns" "退回" "Returns" right |row, _| row.resolution.returns.to_string();
        "verifier" "核实人" "Verifier" left |row, _| or_blank(row.resolution.verifier);
        "verified_at" "核实" "Verified" left |row, _| or_blank(row.resolution.verified_at.map(county));
        "branch_informed_at" "反馈党支部" "Party branch" left |row, _| or_blank(row.resolution.branch_informed_at.map(county));
        "meeting_informed_at" "会议通报" "Meeting" left |row, _| or_blank(row.resolution.meeting_informed_at.map(county));
        "completed_at" "完成公示" "Completion publicised" left |row, _| or_blank(row.resolution.completed_at.map(county));
        "reopened" "重新办理" "Reopened" right |row, _| row.resolution.reopened.to_string();
    };

    fn page(
        conn: &Connection,
        asked: &Asked,
        page: &PageRequest,
    ) -> Result<Page<Entry>, QueryError> {
        let filter = Filter { within: asked.unit.clone(), ..Filter::default() };
        execution_ledger::list(conn, county_date(asked.at), &filter, page)
    }
}
