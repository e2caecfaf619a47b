//! Cells that more than one table has.

use std::collections::HashMap;
use std::hash::Hash;

use domain::Text;
use jiff::civil::Date;

use super::Personal;
use super::problems::Reason;

/// The most people a unit may declare; a county has fewer.
const MAX_COUNT: u32 = 10_000_000;
/// The most characters of a person's name: minority and foreign names can be long.
const MAX_NAME_CHARS: usize = 50;

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

/// A mainland mobile number, or a landline with its area code; kept as digits.
pub(super) fn telephone(text: &str) -> Result<Personal, Reason> {
    let digits = zeroize::Zeroizing::new(plain_digits(text));
    let number = ["+86", "0086", "86"]
        .iter()
        .find_map(|prefix| digits.strip_prefix(prefix).filter(|rest| rest.len() >= 10))
        .unwrap_or(digits.as_str());
    let only_digits = number.bytes().all(|byte| byte.is_ascii_digit());
    let mobile = number.len() == 11 && matches!(number.as_bytes(), [b'1', b'3'..=b'9', ..]);
    let landline =
        (10..=12).contains(&number.len()) && matches!(number.as_bytes(), [b'0', b'1'..=b'9', ..]);
    if only_digits && (mobile || landline) {
        Ok(Personal::new(number))
    } else {
        Err(Reason::new(
            "row.telephone",
            "应为11位手机号码，或带区号的固定电话。",
            "A mobile number of 11 digits is expected, or a landline number with its area code.",
        ))
    }
}

/// Full-width characters as ASCII, without spaces, dashes and brackets.
fn plain_digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            other => other,
        })
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')' | '–' | '—'))
        .collect()
}

/// A person's name: letters, spaces and middle dots. `张　三`, spaced to fill a column, becomes `张三`.
pub(super) fn person_name(text: &str) -> Result<Personal, Reason> {
    let is_part = |c: char| {
        c.is_alphabetic() || matches!(c, '〇' | '·' | '•' | '‧' | '・' | '．' | '.' | '\'' | '-')
    };
    let fits = text.chars().all(|c| is_part(c) || c == ' ' || c == '\u{3000}')
        && text.chars().any(char::is_alphabetic)
        && text.chars().count() <= MAX_NAME_CHARS;
    if !fits {
        return Err(Reason::new(
            "row.name",
            format!("应为1至{MAX_NAME_CHARS}个字的姓名，不含数字和其他符号。"),
            format!(
                "A name of 1 to {MAX_NAME_CHARS} characters is expected, without digits and other signs."
            ),
        ));
    }
    if text.is_ascii() {
        return Ok(Personal::new(text));
    }
    let unspaced = zeroize::Zeroizing::new(text.replace([' ', '\u{3000}'], ""));
    Ok(Personal::new(&unspaced))
}

/// Several texts that may stand in the log, parted by 、 or a comma, semicolon or slash.
pub(super) fn texts<const MAX: usize>(text: &str) -> Result<Vec<Text<MAX>>, Reason> {
    let parts = text.split(['、', ',', '\u{ff0c}', ';', '\u{ff1b}', '/', '\n']).map(str::trim);
    let read = parts.filter(|part| !part.is_empty()).map(Text::new).collect::<Result<_, _>>()?;
    Ok(read)
}

/// Rows by a key that must not occur twice in a file.
pub(super) struct Once<K>(HashMap<K, u32>);

impl<K: Eq + Hash> Once<K> {
    pub fn new() -> Self {
        Self(HashMap::new())
    }

    /// Notes where a key stands; refuses it where an earlier row has it, naming that row.
    pub fn note(&mut self, key: K, row: u32, code: &'static str) -> Result<(), Reason> {
        match *self.0.entry(key).or_insert(row) {
            first if first == row => Ok(()),
            first => Err(Reason::new(
                code,
                format!("与第{first}行重复；请只保留一行。"),
                format!("The same as in row {first}; keep one of them."),
            )),
        }
    }
}
