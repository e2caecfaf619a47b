//! 积分兑换目录: what points can be redeemed for, and at which price.

use domain::rulebook::Redeemable;
use domain::writing::Writing;
use domain::{Points, Text};

use super::fields::{Fields, read_rows};
use super::problems::Reason;
use super::table::Tables;
use super::values::Once;
use super::{BadFile, Column, Form, Need, Reading};

/// The columns of the table.
pub const COLUMNS: &[Column] = &[
    Column {
        name: "代码",
        need: Need::Value,
        writing: Writing::Code,
        zh: "最多40字，在目录中只出现一次。",
        en: "At most 40 characters, once in the catalogue.",
        example: "BUS-10",
        ..Column::PLAIN
    },
    Column {
        name: "名称",
        need: Need::Value,
        writing: Writing::Prose,
        zh: "最多80字。",
        en: "At most 80 characters.",
        example: "公交卡10元",
        ..Column::PLAIN
    },
    Column {
        name: "积分",
        need: Need::Value,
        form: Form::Number,
        zh: "大于0的数，最多两位小数。",
        en: "A number above 0 with at most two decimals.",
        example: "10",
        ..Column::PLAIN
    },
];

/// Reads a catalogue.
///
/// # Errors
/// When the file is no such table.
pub fn read(bytes: &[u8]) -> Result<Reading<Redeemable>, BadFile> {
    let mut once = Once::new();
    read_rows(&Tables::read(bytes, COLUMNS)?, |fields| offer(fields, &mut once))
}

fn offer(fields: &mut Fields<'_>, once: &mut Once<Text<40>>) -> Option<Redeemable> {
    let item = fields.read("代码", Text::<40>::new);
    let name = fields.read("名称", Text::<80>::new);
    let points = fields.read("积分", points);
    let item = item?;
    if let Err(repeated) = once.note(item.clone(), fields.row(), "offer.repeated") {
        fields.refuse("代码", repeated);
    }
    Some(Redeemable { item: item.as_str().into(), name: name?.as_str().into(), points: points? })
}

/// A decimal figure, kept as whole hundredths.
fn points(text: &str) -> Result<Points, Reason> {
    let hundredths = || {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
        if whole.is_empty() || part.len() > 2 || !digits(whole) || !digits(part) {
            return None;
        }
        let (whole, part): (i64, i64) = (whole.parse().ok()?, format!("{part:0<2}").parse().ok()?);
        whole.checked_mul(100)?.checked_add(part).filter(|points| *points > 0)
    };
    hundredths().map(Points).ok_or_else(|| {
        Reason::new(
            "offer.points",
            "积分为大于0的数，最多两位小数。",
            "Points are a number above 0 with at most two decimals.",
        )
    })
}
