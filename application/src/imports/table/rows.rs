//! What a row below the header is.

use crate::imports::column::{Column, Need};
use crate::imports::header::{self, Header, Place};
use crate::imports::sheet::{Cell, Row};

/// What a row below the header is.
pub(super) enum Meaning {
    Data,
    /// Printed tables repeat their header on every page.
    HeaderAgain,
    /// 合计, 填表人, 注 and the like.
    Remark,
    /// Only columns that are not read hold anything, mostly 序号.
    NoValue,
}

/// How a line begins that stands beneath a table and is no person or unit.
const REMARKS: [&str; 44] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "累计",
    "总数",
    "总人数",
    "共有",
    "注:",
    "注1",
    "注：",
    "备注",
    "说明",
    "填表",
    "填报",
    "制表",
    "报送",
    "经办",
    "审核",
    "审批",
    "复核",
    "核对",
    "校对",
    "负责人",
    "单位负责人",
    "分管",
    "主要负责人",
    "主管",
    "联系人",
    "单位盖章",
    "盖章",
    "公章",
    "单位(",
    "单位（",
    "日期",
    "年月日",
    "以上",
    "以下",
    "本页",
    "本表",
    "附件",
    "附注",
    "total",
    "note",
];
/// The characters looked at for such a begin.
const LOOKED_AT: usize = 15;
/// A text alone in its row that is longer, and has a sign of a sentence in it, is a remark.
const LONGEST_NAME: usize = 8;

/// What a row is.
pub(super) fn meaning(row: &Row, header: &Header, columns: &'static [Column]) -> Meaning {
    let filled = |place: &Option<Place>| {
        place.as_ref().and_then(|place| row.cells.get(place.at)).is_some_and(Cell::is_filled)
    };
    if header::is_repeated(row, header, columns) {
        return Meaning::HeaderAgain;
    }
    let places = columns.iter().zip(&header.places);
    let required: Vec<bool> = places
        .filter(|(column, _)| column.need == Need::Value)
        .map(|(_, place)| filled(place))
        .collect();
    let there = required.iter().filter(|there| **there).count();
    if 2 * there < required.len() && is_remark(row) {
        Meaning::Remark
    } else if header.places.iter().any(filled) {
        Meaning::Data
    } else {
        Meaning::NoValue
    }
}

fn is_remark(row: &Row) -> bool {
    let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| cell.is_filled());
    let Some((place, text)) = filled.next().and_then(|(at, cell)| Some((at, cell.text()?))) else {
        return false;
    };
    let begin: String = text.chars().filter(|c| !c.is_whitespace()).take(LOOKED_AT).collect();
    let begin = begin.to_lowercase();
    let begin = begin.trim_start_matches(['(', '（', '【', '[', '*', '＊', '※', '-', '—']);
    if REMARKS.iter().any(|remark| begin.starts_with(remark)) {
        return true;
    }
    let is_alone = filled.next().is_none();
    let is_wide = row.cells.get(place + 1).is_some_and(|cell| {
        matches!(cell, Cell::Merged(area)
            if area.left as usize == place && area.top + 1 == row.number)
    });
    let is_sentence =
        text.chars().count() > LONGEST_NAME && text.contains(['。', '，', '；', '：', '！']);
    is_alone && (is_wide || is_sentence)
}

/// Whether rows look like data of some kind: two of them with three cells or more.
pub(super) fn look_like_a_table(rows: &[Row]) -> bool {
    let is_wide = |row: &&Row| row.cells.iter().filter(|cell| cell.is_filled()).count() >= 3;
    rows.iter().filter(is_wide).count() >= 2
}

/// How many cells most rows of a text have.
pub(super) fn usual_width(rows: &[Row]) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(|row| row.width).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().unwrap_or(0)
}
