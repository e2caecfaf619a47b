//! Cells that more than one table has.

use std::collections::HashMap;
use std::hash::Hash;

use domain::Text;
use domain::writing::{Writing, day, no_answer};
use jiff::civil::Date;

use super::problems::Reason;
use super::row::SheetRow;

/// The most people a unit may declare; a county has fewer.
const MAX_COUNT: u32 = domain::unit::LARGEST_HEADCOUNT;

/// One of several, by its Chinese name or another way to write it, in small letters and without spaces.
pub(super) fn choice<T: Copy>(
    text: &str,
    all: &[T],
    zh: fn(T) -> &'static str,
    also: &[(&str, T)],
) -> Result<T, Reason> {
    let text = plain(text);
    let named = all.iter().copied().find(|value| zh(*value) == text);
    let named =
        named.or_else(|| also.iter().find(|(name, _)| *name == text).map(|(_, value)| *value));
    named.ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|value| zh(*value)).collect();
        Reason::new(
            "row.choice",
            format!("应为下列之一：{}。", names.join("、")),
            format!("One of these is expected: “{}”.", names.join("”, “")),
        )
    })
}

/// What two spellings of one choice have in common: small letters, without spaces.
fn plain(text: &str) -> String {
    let written = Writing::Figure.normalise(text).unwrap_or_default();
    written.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Yes or no, as people write it, tick it and export it.
pub(super) fn yes(text: &str) -> Result<bool, Reason> {
    choice(text, &[true, false], |yes| if yes { "是" } else { "否" }, &YES_AND_NO)
}

const YES_AND_NO: [(&str, bool); 36] = [
    ("√", true),
    ("✓", true),
    ("✔", true),
    ("☑", true),
    ("✅", true),
    ("■", true),
    ("y", true),
    ("yes", true),
    ("true", true),
    ("t", true),
    ("1", true),
    ("对", true),
    ("有", true),
    ("同意", true),
    ("已同意", true),
    ("本人同意", true),
    ("愿意", true),
    ("自愿", true),
    ("×", false),
    ("✗", false),
    ("✘", false),
    ("☒", false),
    ("❌", false),
    ("□", false),
    ("☐", false),
    ("n", false),
    ("no", false),
    ("false", false),
    ("f", false),
    ("0", false),
    ("不", false),
    ("无", false),
    ("没有", false),
    ("不同意", false),
    ("未同意", false),
    ("不愿意", false),
];

/// A day in any of the spellings that [`domain::writing::day`] reads.
pub(super) fn date(text: &str) -> Result<Date, Reason> {
    day(text).ok_or_else(|| {
        Reason::new(
            "row.date",
            "日期应为真实的年月日，如 2021-11-30、2021/11/30 或 2021年11月30日；若显示为五位数，请把该列设为日期格式。",
            "A real date is expected, for example 2021-11-30 or 2021/11/30; where a number of five digits shows, format the column as a date.",
        )
    })
}

/// A whole number from 0 on, also with commas between thousands.
pub(super) fn count(text: &str) -> Result<u32, Reason> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = text.split(',');
    let first = groups.next().unwrap_or_default();
    let grouped = digits(first)
        && (first.len() <= 3 || !text.contains(','))
        && groups.all(|group| group.len() == 3 && digits(group));
    let number: Option<u32> = text.replace(',', "").parse().ok();
    number.filter(|count| grouped && *count <= MAX_COUNT).ok_or_else(|| {
        Reason::new(
            "row.count",
            format!("应为0至{MAX_COUNT}的整数。"),
            format!("A whole number from 0 to {MAX_COUNT} is expected."),
        )
    })
}

/// Several texts that may stand in the log, parted by 、 or a comma, semicolon or slash.
pub(super) fn texts<const MAX: usize>(text: &str) -> Result<Vec<Text<MAX>>, Reason> {
    let parts =
        text.split(['、', ',', '\u{ff0c}', '\u{ff64}', ';', '\u{ff1b}', '/', '\n']).map(str::trim);
    // 无 beside a skill says nothing.
    let said = parts.filter(|part| !part.is_empty() && no_answer(part).is_none());
    let read = said.map(Text::new).collect::<Result<_, _>>()?;
    Ok(read)
}

/// Rows by a key that must not occur twice in a file.
pub(super) struct Once<K>(HashMap<K, SheetRow>);

impl<K: Eq + Hash> Once<K> {
    pub fn new() -> Self {
        Self(HashMap::new())
    }

    /// Notes where a key stands; refuses it where an earlier row has it, naming that row.
    pub fn note(&mut self, key: K, row: SheetRow, code: &'static str) -> Result<(), Reason> {
        let first = self.0.entry(key).or_insert_with(|| row.clone());
        if *first == row {
            return Ok(());
        }
        let (zh, en) = first.seen_from(&row);
        Err(Reason::new(
            code,
            format!("与{zh}重复；请只保留一行。"),
            format!("The same as in {en}; keep one of them."),
        ))
    }
}
