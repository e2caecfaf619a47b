//! 实名比对.

use domain::comparison::Outcome;
use projections::models::comparison_register::{self, Comparison};
use projections::{Page, PageRequest, QueryError};
use rusqlite::Connection;

use super::shown::{Asked, Shown};
use crate::moment::county;
use crate::table::{Column, columns, or_blank, yes};

/// The read model *comparison register*.
pub struct Comparisons;

impl Shown for Comparisons {
    type Row = Comparison;
    const COLUMNS: &'static [Column<Comparison>] = columns! { Comparison:
        "comparison" "比对" "Comparison" left |row, _| row.comparison.to_string();
        "roster" "名册" "Roster" left |row, _| row.roster.clone();
        "purpose" "目的" "Purpose" left |row, _| row.purpose.clone();
        "within" "范围" "Within" left |row, _| or_blank(row.within.as_ref());
        "whole" "名册完整" "Whole" left |row, lang| yes(row.whole, lang);
        "rows" "行数" "Rows" right |row, _| row.rows.to_string();
        "registered" "注册人数" "Registered" right |row, _| or_blank(row.registered);
        "matched" "一致" "Matched" right |row, _| count(row, Outcome::Matched);
        "not_found" "未注册" "Not registered" right |row, _| count(row, Outcome::NotFound);
        "missing" "名册中没有" "Missing" right |row, _| count(row, Outcome::Missing);
        "open" "待核对" "Open" right |row, _| or_blank(row.open);
        "began_at" "开始" "Began" left |row, _| county(row.began_at);
        "finished_at" "完成" "Finished" left |row, _| or_blank(row.finished_at.map(county));
    };

    fn page(
        conn: &Connection,
        _: &Asked,
        page: &PageRequest,
    ) -> Result<Page<Comparison>, QueryError> {
        comparison_register::list(conn, page)
    }
}

fn count(row: &Comparison, outcome: Outcome) -> String {
    row.outcomes.0.get(&outcome).copied().unwrap_or(0).to_string()
}
