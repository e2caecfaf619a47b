//! 计票表: how each building or group voted on a topic, in one row or in several that are added up.

use domain::Text;
use domain::meeting::{Ballots, Share};
use domain::writing::Writing;

use super::fields::{Fields, blank, read_rows};
use super::problems::Reason;
use super::table::{Tables, is_sum};
use super::values::{Once, count};
use super::{BadFile, Column, Form, Need, Reading};

/// The columns of the table.
pub const COLUMNS: &[Column] = &[
    Column {
        name: "楼栋",
        also: &["楼栋号", "楼号", "幢号", "村民小组"],
        need: Need::Column,
        writing: Writing::Prose,
        filled_down: true,
        zh: "楼栋或村民小组的名称，最多40字；一栋分几行的，各行相加。不写合计行。",
        en: "Name of the building or group, at most 40 characters; several rows of one are added up. No row of sums.",
        example: "3号楼",
        ..Column::PLAIN
    },
    Column {
        name: "单元",
        also: &["单元号"],
        writing: Writing::Prose,
        zh: "一栋分几行的，以此区分各行；可留空。",
        en: "Tells several rows of one building apart; may be blank.",
        example: "1单元",
        ..Column::PLAIN
    },
    heads("赞成人数", &["赞成", "同意", "同意人数"], "20"),
    area("赞成面积", &["同意面积"], "1790.5"),
    heads("反对人数", &["反对"], "2"),
    area("反对面积", &[], "179"),
    heads("弃权人数", &["弃权"], "1"),
    area("弃权面积", &[], "89.5"),
];

const fn heads(name: &'static str, also: &'static [&'static str], example: &'static str) -> Column {
    Column {
        name,
        also,
        need: Need::Value,
        form: Form::Number,
        zh: "人数；没有的填0。废票计入弃权。",
        en: "How many people; 0 where nobody. Spoilt ballots abstain.",
        example,
        ..Column::PLAIN
    }
}

const fn area(name: &'static str, also: &'static [&'static str], example: &'static str) -> Column {
    Column {
        name,
        also,
        form: Form::Number,
        zh: "专有部分面积，平方米，最多两位小数；业主共同决定的，有票就有面积，其他会议可留空。",
        en: "Area in square metres with at most two decimals; among owners wherever somebody voted so, else it may be blank.",
        example,
        ..Column::PLAIN
    }
}

/// The votes of a building, or of a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 楼栋.
    pub building: Text<40>,
    /// Its votes; without area where area does not count.
    pub count: Ballots,
}

/// Reads a table of counting lists.
///
/// # Errors
/// When the file is no such table.
pub fn read(bytes: &[u8], by_area: bool) -> Result<Reading<Entry>, BadFile> {
    let mut once = Once::new();
    read_rows(&Tables::read(bytes, COLUMNS)?, |fields| entry(fields, by_area, &mut once))
}

type Key = (Text<40>, Option<Text<40>>);

fn entry(fields: &mut Fields<'_>, by_area: bool, once: &mut Once<Key>) -> Option<Entry> {
    if fields.is_blank("楼栋") {
        fields.refuse("楼栋", blank());
    }
    let building = fields.read("楼栋", building);
    let part = fields.read("单元", Text::new);
    let mut share = |heads, area| share(fields, heads, area, by_area);
    let agree = share("赞成人数", "赞成面积");
    let against = share("反对人数", "反对面积");
    let abstain = share("弃权人数", "弃权面积");
    let building = building?;
    if let Err(repeated) = once.note((building.clone(), part), fields.row(), "counting.repeated") {
        fields.refuse("楼栋", repeated);
    }
    let count = Ballots { agree: agree?, against: against?, abstain: abstain? };
    Some(Entry { building, count })
}

fn building(text: &str) -> Result<Text<40>, Reason> {
    if is_sum(text) {
        return Err(Reason::new(
            "counting.sum",
            "合计不是楼栋；请删去合计行，各栋由系统相加。",
            "A row of sums is no building; take it out, the buildings are added up here.",
        ));
    }
    Text::new(text).map_err(Reason::from)
}

/// The heads behind a choice, and their area where it counts.
fn share(
    fields: &mut Fields<'_>,
    heads: &'static str,
    area: &'static str,
    by_area: bool,
) -> Option<Share> {
    let before = fields.refusals();
    let (voted, stated) = (fields.read(heads, count), fields.read(area, hundredths));
    let voted = voted.filter(|_| fields.refusals() == before)?;
    let stated = if by_area { stated.unwrap_or(0) } else { 0 };
    if by_area && (voted > 0) != (stated > 0) {
        fields.refuse(area, of_votes());
        return None;
    }
    Some(Share { heads: voted, area: stated.into() })
}

/// Square metres, kept as whole hundredths.
fn hundredths(text: &str) -> Result<u32, Reason> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    let fits = !whole.is_empty() && part.len() <= 2 && digits(whole) && digits(part);
    let hundredths = fits.then(|| format!("{whole}{part:0<2}").parse().ok()).flatten();
    hundredths.ok_or_else(|| {
        Reason::new(
            "counting.area",
            "面积为平方米数，最多两位小数，如 1790.5。",
            "An area in square metres with at most two decimals is expected, such as 1790.5.",
        )
    })
}

fn of_votes() -> Reason {
    Reason::new(
        "counting.area_of_votes",
        "按面积计票：有票的写明面积，没有票的面积为0或留空。",
        "Area counts here: state it where somebody voted so, and 0 or nothing where nobody did.",
    )
}

#[cfg(test)]
mod tests;
