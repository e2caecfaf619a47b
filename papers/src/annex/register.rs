//! 附件2 “援法议事”问题登记簿.

use jiff::Timestamp;

use super::{Annex, Heading, Layout};
use crate::table::{Cell, Column, Kind};

/// An issue in the register. Has no `Debug` form: it may name people.
pub struct Line {
    /// 时间.
    pub raised_at: Timestamp,
    /// 地点.
    pub place: String,
    /// 登记人.
    pub registrar: Option<String>,
    /// 咨询人.
    pub asker: String,
    /// 咨询方式.
    pub channel: &'static str,
    /// 联系电话.
    pub telephone: Option<String>,
    /// 具体问题.
    pub problem: String,
    /// 解决方式: how it was settled, or how far it has come.
    pub solution: String,
    /// 备注.
    pub remark: String,
}

/// The register of a station, in the columns of the form.
#[must_use]
pub fn annex(heading: Heading, lines: Vec<Line>) -> Annex {
    let text = |key, zh, en| Column::new(key, zh, en, Kind::Text);
    let columns = vec![
        Column::new("raised_at", "时间", "Time", Kind::Moment),
        text("place", "地点", "Place"),
        text("registrar", "登记人", "Registered by"),
        text("asker", "咨询人", "Asker"),
        text("channel", "咨询方式", "Way of asking"),
        text("telephone", "联系电话", "Telephone"),
        text("problem", "具体问题", "Problem"),
        text("solution", "解决方式", "Solution"),
        text("remark", "备注", "Remark"),
    ];
    let title = format!("{}“援法议事”问题登记簿", heading.place());
    let rows = lines.into_iter().map(cells).collect();
    Annex { title, heading, layout: Layout::Across, columns, rows }
}

fn cells(line: Line) -> Vec<Cell> {
    vec![
        Cell::Moment(line.raised_at),
        Cell::Text(line.place),
        Cell::text(line.registrar),
        Cell::Text(line.asker),
        Cell::text(Some(line.channel)),
        Cell::text(line.telephone),
        Cell::Text(line.problem),
        Cell::Text(line.solution),
        Cell::Text(line.remark),
    ]
}
