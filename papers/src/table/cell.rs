//! What stands in a cell, and how it is shown.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use serde_json::Value;

use super::column::{Column, Kind, Word, Wording};

/// The value of one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// A text of any origin, also where it consists of digits.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number of hundredths.
    Hundredths(i64),
    /// A number of thousandths of a whole.
    PerMille(i64),
    /// 是 or 否.
    YesNo(bool),
    /// A day.
    Day(Date),
    /// A moment.
    Moment(Timestamp),
    /// A word of a closed set.
    Word(Word),
}

/// A cell of a text file.
#[derive(Debug, PartialEq, Eq)]
pub enum Shown {
    /// A text of any origin.
    Text(String),
    /// A number, date or word of the program's own, which no spreadsheet takes for a formula.
    Own(String),
}

/// A moment by the county's clock, UTC+8.
#[must_use]
pub fn county_time(at: Timestamp) -> DateTime {
    Offset::constant(8).to_datetime(at)
}

impl Cell {
    /// A text; nothing where there is none.
    #[must_use]
    pub fn text(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Blank, |text| Self::Text(text.to_string()))
    }

    /// The value of a column in a row's JSON. What does not look as the column says is shown as JSON.
    #[must_use]
    pub fn of(column: &Column, row: &Value, wording: Wording) -> Self {
        let found = column.key.split('.').try_fold(row, |value, name| value.get(name));
        found.map_or(Self::Blank, |value| Self::read(&column.kind, value, wording))
    }

    fn read(kind: &Kind, value: &Value, wording: Wording) -> Self {
        let number = value.as_i64();
        let text = value.as_str();
        let read = match kind {
            _ if value.is_null() => Some(Self::Blank),
            Kind::Text => text.map(|text| Self::Text(text.to_owned())),
            Kind::Whole => number.map(Self::Whole),
            Kind::Hundredths => number.map(Self::Hundredths),
            Kind::PerMille => number.map(Self::PerMille),
            Kind::YesNo => value.as_bool().map(Self::YesNo),
            Kind::Day => text.and_then(|text| text.parse().ok()).map(Self::Day),
            Kind::Moment => text.and_then(|text| text.parse().ok()).map(Self::Moment),
            Kind::Word(words) => {
                words.iter().find(|word| Some(word.stored) == text).copied().map(Self::Word)
            }
            Kind::List(_) | Kind::Record(_) if wording == Wording::Keys => None,
            Kind::List(kind) => value.as_array().map(|items| {
                let mark = if matches!(**kind, Kind::Record(_)) { "；" } else { "、" };
                joined(items.iter().map(|item| Self::read(kind, item, wording)), mark, wording)
            }),
            Kind::Record(columns) => {
                let field = |column: &Column| {
                    let cell = Self::of(column, value, wording);
                    if matches!(cell, Self::Blank) {
                        return cell;
                    }
                    let (header, shown) = (column.header(wording), cell.into_text(wording));
                    Self::Text(format!("{header}：{shown}"))
                };
                value.is_object().then(|| joined(columns.iter().map(field), "，", wording))
            }
        };
        read.unwrap_or_else(|| Self::Text(value.to_string()))
    }

    /// As a text file shows it.
    #[must_use]
    pub fn shown(self, wording: Wording) -> Shown {
        let keys = wording == Wording::Keys;
        match self {
            Self::Blank => Shown::Own(String::new()),
            Self::Text(text) => Shown::Text(text),
            Self::Whole(number) => Shown::Own(number.to_string()),
            Self::Hundredths(number) | Self::PerMille(number) if keys => {
                Shown::Own(number.to_string())
            }
            Self::Hundredths(number) => Shown::Own(decimal(number, 100)),
            Self::PerMille(number) => Shown::Own(format!("{}%", decimal(number, 10))),
            Self::YesNo(it_is) if keys => Shown::Own(it_is.to_string()),
            Self::YesNo(it_is) => Shown::Own(yes(it_is, wording).to_owned()),
            Self::Day(day) => Shown::Own(day.to_string()),
            Self::Moment(at) if keys => Shown::Own(at.to_string()),
            Self::Moment(at) => {
                Shown::Own(county_time(at).strftime("%Y-%m-%d %H:%M:%S").to_string())
            }
            Self::Word(word) => Shown::Own(word.shown(wording).into_owned()),
        }
    }

    /// As a reader sees it.
    #[must_use]
    pub fn into_text(self, wording: Wording) -> String {
        match self.shown(wording) {
            Shown::Text(text) | Shown::Own(text) => text,
        }
    }
}

impl Word {
    /// As a reader sees it.
    #[must_use]
    pub fn shown(self, wording: Wording) -> std::borrow::Cow<'static, str> {
        match wording {
            Wording::Chinese => self.zh.into(),
            Wording::English => self.stored.replace('_', " ").into(),
            Wording::Keys => self.stored.into(),
        }
    }
}

/// `是` or `yes`.
#[must_use]
pub fn yes(it_is: bool, wording: Wording) -> &'static str {
    if it_is { wording.pick("是", "yes") } else { wording.pick("否", "no") }
}

/// A number of parts as a decimal, of which `whole` are one: 10 or 100.
fn decimal(number: i64, whole: u64) -> String {
    let (sign, number) = (if number < 0 { "-" } else { "" }, number.unsigned_abs());
    let digits = if whole == 100 { 2 } else { 1 };
    format!("{sign}{}.{:0digits$}", number / whole, number % whole)
}

fn joined(cells: impl Iterator<Item = Cell>, mark: &str, wording: Wording) -> Cell {
    let texts = cells.map(|cell| cell.into_text(wording)).filter(|text| !text.is_empty());
    let texts: Vec<String> = texts.collect();
    if texts.is_empty() { Cell::Blank } else { Cell::Text(texts.join(mark)) }
}
