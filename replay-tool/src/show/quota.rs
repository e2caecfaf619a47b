//! 任务进度.

use projections::models::quota::{self, Filter, UnitQuota};
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;

use super::shown::{Asked, Shown};
use crate::lang::Lang;
use crate::moment::county;
use crate::table::{Column, columns, or_blank, yes};

/// The read model *quota*.
pub struct Quota;

impl Shown for Quota {
    type Row = UnitQuota;
    const COLUMNS: &'static [Column<UnitQuota>] = columns! { UnitQuota:
        "unit" "单位代码" "Unit" left |row, _| row.unit.unit.to_string();
        "name" "单位名称" "Name" left |row, _| row.unit.name.clone();
        "kind" "类别" "Kind" left |row, lang| lang.word(row.unit.kind);
        "counts_towards" "计入" "Counts towards" left |row, _| or_blank(row.unit.counts_towards.as_ref());
        "headcount_total" "总人数" "Headcount" right |row, _| row.unit.headcount_total.to_string();
        "task_total" "任务数" "Task" right |row, _| row.unit.task_total.to_string();
        "required" "应有队员" "Required" right |row, _| row.required.to_string();
        "members_total" "队员" "Members" right |row, _| row.unit.members_total.to_string();
        "verified_total" "实名一致" "Verified" right |row, _| row.unit.verified_total.to_string();
        "active_total" "活跃" "Active" right |row, _| row.active_total.to_string();
        "party_total" "党员和积极分子" "Party" right |row, _| row.unit.party_total.to_string();
        "member_share_met" "队员比例达标" "Share met" left |row, lang| yes(row.member_share_met, lang);
        "party_share_met" "党员比例达标" "Party share met" left |row, lang| yes(row.party_share_met, lang);
        "task_met" "任务达标" "Task met" left |row, lang| met(row, lang);
        "campaign" "行动" "Campaign" left |row, _| or_blank(row.campaign.as_ref());
        "late_earlier" "此前逾期" "Late earlier" left |row, lang| yes(row.late_earlier, lang);
        "administrator" "管理员上报" "Administrator" left |row, lang| step(
            row, row.unit.administrator_reported_at, row.administrator_overdue, lang);
        "squad" "小分队组建" "Squad complete" left |row, lang| step(
            row, row.unit.squad_completed_at, row.squad_overdue, lang);
    };

    fn page(
        conn: &Connection,
        asked: &Asked,
        page: &PageRequest,
    ) -> Result<Page<UnitQuota>, QueryError> {
        let (within, campaign) = (asked.unit.clone(), asked.campaign.clone());
        let filter = Filter { within, campaign, ..Filter::default() };
        quota::list(conn, asked.at, &filter, page)
    }
}

/// Whether the task is met; 无任务 is neither.
fn met(row: &UnitQuota, lang: Lang) -> String {
    if row.has_task {
        yes(row.task_met, lang)
    } else {
        lang.pick("无任务", "no task").to_owned()
    }
}

/// When a step was taken, and whether that was late; a unit without a task owes none.
fn step(row: &UnitQuota, at: Option<jiff::Timestamp>, overdue: bool, lang: Lang) -> String {
    match (at, overdue) {
        (None, false) if row.unit.task == 0 => lang.pick("无任务", "no task").to_owned(),
        (Some(at), false) => county(at),
        (Some(at), true) => format!("{} {}", county(at), lang.pick("逾期", "late")),
        (None, true) => lang.pick("逾期未办", "overdue").to_owned(),
        (None, false) => lang.pick("未办", "pending").to_owned(),
    }
}
