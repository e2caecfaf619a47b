//! 进度.

use projections::models::progress::{self, Filter, UnitProgress};
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;

use super::shown::{Asked, Shown};
use crate::table::{Column, columns, or_blank, yes};

/// How far every unit has come.
pub struct Progress;

impl Shown for Progress {
    type Row = UnitProgress;
    const COLUMNS: &'static [Column<UnitProgress>] = columns! { UnitProgress:
        "unit" "单位代码" "Unit" left |row, _| row.unit.to_string();
        "name" "单位名称" "Name" left |row, _| row.name.clone();
        "kind" "类别" "Kind" left |row, lang| lang.word(row.kind);
        "counts_towards" "计入" "Counts towards" left |row, _| or_blank(row.counts_towards.as_ref());
        "headcount" "总人数" "Headcount" right |row, _| row.headcount.to_string();
        "task" "任务数" "Task" right |row, _| row.task.to_string();
        "required" "应有队员" "Required" right |row, _| or_blank(row.required);
        "members" "队员" "Members" right |row, _| row.members.to_string();
        "gap" "差额" "Gap" right |row, _| or_blank(row.gap);
        "registered_total" "注册" "Registered" right |row, _| row.registered_total.to_string();
        "matched_total" "比对一致" "Matched" right |row, _| row.matched_total.to_string();
        "refused_total" "比对不一致" "Not matched" right |row, _| row.refused_total.to_string();
        "pending_total" "未比对" "Not compared" right |row, _| row.pending_total.to_string();
        "waiting_total" "待认定" "Waiting" right |row, _| row.waiting_total.to_string();
        "disputed_total" "异议中" "Disputed" right |row, _| row.disputed_total.to_string();
        "administrator_overdue" "管理员逾期" "Administrator late" left |row, lang| yes(row.administrator_overdue, lang);
        "squad_overdue" "小分队逾期" "Squad late" left |row, lang| yes(row.squad_overdue, lang);
        "late_earlier" "以前逾期" "Late earlier" left |row, lang| yes(row.late_earlier, lang);
    };

    fn page(
        conn: &Connection,
        asked: &Asked,
        page: &PageRequest,
    ) -> Result<Page<UnitProgress>, QueryError> {
        let filter = Filter { within: asked.unit.clone(), ..Filter::default() };
        progress::list(conn, asked.at, &filter, page)
    }
}
