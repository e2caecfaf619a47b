//! Cells that more than one table has.

use std::collections::HashMap;
use std::hash::Hash;

use domain::Text;
use jiff::civil::Date;

use super::problems::Reason;
use super::row::SheetRow;

/// The most people a unit may declare; a county has fewer.
const MAX_COUNT: u32 = 10_000_000;

/// One of several, by its Chinese name or another way to write it.
pub(super) fn choice<T: Copy>(
    text: &str,
    all: &[T],
    zh: fn(T) -> &'static str,
    also: &[(&str, T)],
) -> Result<T, Reason> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let named = all.iter().copied().find(|value| zh(*value) == text);
    let named =
        named.or_else(|| also.iter().find(|(name, _)| *name == text).map(|(_, value)| *value));
    named.ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|value| zh(*value)).collect();
        Reason::new(
            "row.choice",
            format!("应为下列之一：{}。", names.join("、")),
            format!("One of these is expected: {}.", names.join(", ")),
        )
    })
}

/// `2021-11-30`, also with `/` or `.`, as 2021年11月30日 or 20211130.
pub(super) fn date(text: &str) -> Result<Date, Reason> {
    let wrong = || {
        Reason::new(
            "row.date",
            "日期应为真实的年月日，如 2021-11-30。",
            "A real date is expected, for example 2021-11-30.",
        )
    };
    let digits_only = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = if digits_only {
        vec![&text[..4], &text[4..6], &text[6..]]
    } else {
        text.trim_end_matches('日').split(['-', '/', '.', '年', '月']).map(str::trim).collect()
    };
    let &[year, month, day] = parts.as_slice() else { return Err(wrong()) };
    match (year.len(), year.parse(), month.parse(), day.parse()) {
        (4, Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).map_err(|_| wrong()),
        (..) => Err(wrong()),
    }
}

/// A whole number from 0 on.
pub(super) fn count(text: &str) -> Result<u32, Reason> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|count| digits && *count <= MAX_COUNT).ok_or_else(|| {
        Reason::new(
            "row.count",
            format!("应为0至{MAX_COUNT}的整数。"),
            format!("A whole number from 0 to {MAX_COUNT} is expected."),
        )
    })
}

/// Several texts that may stand in the log, parted by 、 or a comma, semicolon or slash.
pub(super) fn texts<const MAX: usize>(text: &str) -> Result<Vec<Text<MAX>>, Reason> {
    let parts = text.split(['、', ',', '\u{ff0c}', ';', '\u{ff1b}', '/', '\n']).map(str::trim);
    let read = parts.filter(|part| !part.is_empty()).map(Text::new).collect::<Result<_, _>>()?;
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
