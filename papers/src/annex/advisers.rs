//! 法律顾问名单 (基层援法议事工作方案 附件4): the legal advisers of villages and communities.

use jiff::civil::Date;

use super::{Annex, Heading, Layout};
use crate::table::{Cell, Column, Kind};

/// A legal adviser of a village. Has no `Debug` form: it may name people.
pub struct Line {
    /// 村(社区).
    pub village: String,
    /// 姓名.
    pub name: String,
    /// 联系电话.
    pub telephone: Option<String>,
    /// First and last day of the term.
    pub term: (Date, Date),
}

/// The legal advisers of a unit's villages. The form has a title and no columns; these are ours.
#[must_use]
pub fn annex(heading: Heading, lines: Vec<Line>) -> Annex {
    let text = |key, zh, en| Column::new(key, zh, en, Kind::Text);
    let day = |key, zh, en| Column::new(key, zh, en, Kind::Day);
    let columns = vec![
        text("village", "村(社区)", "Village"),
        text("name", "法律顾问", "Legal adviser"),
        text("telephone", "联系电话", "Telephone"),
        day("term_from", "任期首日", "First day of the term"),
        day("term_until", "任期末日", "Last day of the term"),
    ];
    let each = if heading.town.is_some() { "" } else { "各村(社区)" };
    let title = format!("{}{each}法律顾问名单", heading.place());
    let rows = lines.into_iter().map(cells).collect();
    Annex { title, heading, layout: Layout::Upright, columns, rows }
}

fn cells(line: Line) -> Vec<Cell> {
    let (from, until) = line.term;
    vec![
        Cell::Text(line.village),
        Cell::Text(line.name),
        Cell::text(line.telephone),
        Cell::Day(from),
        Cell::Day(until),
    ]
}
