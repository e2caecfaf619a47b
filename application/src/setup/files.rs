//! The small tables that a setup takes: holidays, tasks, the catalogue of points. UTF-8, with or without a byte order mark.

use domain::calendar::{Calendar, Days};
use domain::campaign::Task;
use domain::rulebook::Redeemable;
use domain::{Points, UnitCode};

/// Why a table is not taken. Lines count from 1, the header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTable {
    /// It is no text in UTF-8.
    #[error(
        "不是UTF-8文本;请另存为“CSV UTF-8” the file is no UTF-8 text; save it as \"CSV UTF-8\""
    )]
    NotText,
    /// The first line is another.
    #[error("第1行应为表头 the first line must be the header: {0}")]
    Header(&'static str),
    /// A line that cannot be read.
    #[error("第{line}行 line {line}: {accepted}")]
    Line {
        /// Where.
        line: usize,
        /// What would be accepted.
        accepted: String,
    },
    /// A table of holidays that cannot be read.
    #[error("{0}")]
    Holidays(#[from] domain::calendar::BadCalendar),
}

/// What a table `date,kind,name` says of each year of which it holds a day.
///
/// # Errors
/// Names the first line that cannot be read.
pub fn holidays(bytes: &[u8]) -> Result<Vec<(i16, Days)>, BadTable> {
    let calendar = Calendar::from_csv(text(bytes)?)?;
    let years = calendar.years().filter_map(|year| Some((year, calendar.notice(year)?)));
    Ok(years.collect())
}

/// 任务分解表: unit and task, from a table with the header `单位代码,任务数`, whatever columns stand between and after.
///
/// # Errors
/// Names the first line that cannot be read.
pub fn tasks(bytes: &[u8]) -> Result<Vec<Task>, BadTable> {
    let header = "单位代码,任务数";
    rows(bytes, header, |fields, line| {
        let [unit, task] = fields;
        let unit = UnitCode::new(unit).map_err(|bad| at(line, &domain::Refusal::zh(&bad)))?;
        let task = task.replace([',', ','], "");
        let task = if task.is_empty() { Ok(0) } else { task.parse() };
        let task = task.map_err(|_| at(line, "任务数应为整数 the task is a whole number"))?;
        Ok(Task { unit, task })
    })
}

/// 积分兑换目录: code, name and points, from a table with the header `代码,名称,积分`.
///
/// # Errors
/// Names the first line that cannot be read.
pub fn offers(bytes: &[u8]) -> Result<Vec<Redeemable>, BadTable> {
    rows(bytes, "代码,名称,积分", |[item, name, points], line| {
        let accepted =
            "积分为大于0的数,最多两位小数 points are a number above 0 with at most two decimals";
        let points = hundredths(points).map(Points).ok_or_else(|| at(line, accepted))?;
        Ok(Redeemable { item: item.into(), name: name.into(), points })
    })
}

/// A decimal figure as whole hundredths.
fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.chars().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    whole.checked_mul(100)?.checked_add(part)
}

fn at(line: usize, accepted: &str) -> BadTable {
    BadTable::Line { line, accepted: accepted.to_owned() }
}

fn text(bytes: &[u8]) -> Result<&str, BadTable> {
    let text = std::str::from_utf8(bytes).map_err(|_| BadTable::NotText)?;
    Ok(text.trim_start_matches('\u{feff}'))
}

/// Reads the named columns of every line that says something.
fn rows<T, const N: usize>(
    bytes: &[u8],
    header: &'static str,
    read: impl Fn([&str; N], usize) -> Result<T, BadTable>,
) -> Result<Vec<T>, BadTable> {
    let text = text(bytes)?;
    let mut table =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let names = table.headers().map_err(|_| BadTable::Header(header))?.clone();
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(header.split(',')) {
        let found = names.iter().position(|column| column == name);
        *place = found.ok_or(BadTable::Header(header))?;
    }
    let mut found = Vec::new();
    for record in table.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            at(usize::try_from(line).unwrap_or(0), &error.to_string())
        })?;
        let line = record.position().map_or(0, |start| line_of(text, start));
        if record.iter().any(|field| !field.is_empty()) {
            let fields = places.map(|place| record.get(place).unwrap_or_default());
            found.push(read(fields, line)?);
        }
    }
    Ok(found)
}

/// The line on which a record stands: blank lines before it belong to none.
fn line_of(text: &str, start: &csv::Position) -> usize {
    let from = usize::try_from(start.byte()).unwrap_or(usize::MAX);
    let before = text.as_bytes().get(from..).unwrap_or_default().iter();
    let blank = before.take_while(|byte| byte.is_ascii_whitespace());
    let blank = blank.filter(|byte| **byte == b'\n').count();
    usize::try_from(start.line()).unwrap_or(0) + blank
}
