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

/// Whether this stands in front of a sum.
pub(in crate::imports) fn is_sum(text: &str) -> bool {
    SUMS.iter().any(|sum| begin(text).starts_with(sum))
}

/// What stands in front of sums.
const SUMS: [&str; 6] = ["合计", "总计", "小计", "共计", "累计", "total"];
/// How a line begins that stands beneath a table and is no person or unit.
const REMARKS: [&str; 38] = [
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
    let mut places = columns.iter().zip(&header.places);
    let key =
        places.find(|(column, _)| column.need == Need::Value).and_then(|(_, key)| key.as_ref());
    let key = key.and_then(|place| row.cells.get(place.at)).filter(|cell| cell.is_filled());
    if 2 * there < required.len() && !names_somebody(row, key) && is_remark(row) {
        Meaning::Remark
    } else if header.places.iter().any(filled) {
        Meaning::Data
    } else {
        Meaning::NoValue
    }
}

/// Whether the column that says which row it is holds a name or a code, and something stands beside it: half of a person or a unit.
fn names_somebody(row: &Row, key: Option<&Cell>) -> bool {
    let is_alone = row.cells.iter().filter(|cell| cell.is_filled()).count() == 1;
    let stands_beneath = |cell: &Cell| {
        cell.text().map(begin).is_some_and(|begin| {
            let is_remark = || REMARKS.iter().any(|remark| begin.starts_with(remark));
            SUMS.contains(&&*begin) || begin.contains([':', '：']) && is_remark()
        })
    };
    key.is_some_and(|key| !is_alone && !stands_beneath(key))
}

/// How a text begins, without spaces and what may stand in front of a remark.
fn begin(text: &str) -> String {
    let begin: String = text.chars().filter(|c| !c.is_whitespace()).take(LOOKED_AT).collect();
    let begin = begin.to_lowercase();
    begin.trim_start_matches(['(', '（', '【', '[', '*', '＊', '※', '-', '—']).to_owned()
}

fn is_remark(row: &Row) -> bool {
    let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| cell.is_filled());
    let Some((place, text)) = filled.next().and_then(|(at, cell)| Some((at, cell.text()?))) else {
        return false;
    };
    let begin = begin(text);
    if SUMS.iter().chain(&REMARKS).any(|remark| begin.starts_with(remark)) {
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
