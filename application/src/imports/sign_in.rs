//! 签到表: who came to an activity, when, and until when.

use domain::writing::Writing;
use domain::{ActivityId, PersonId, Text, start_of_day};
use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::fields::{Fields, read_rows};
use super::problems::Reason;
use super::table::Tables;
use super::values::{Once, date};
use super::{BadFile, Column, Need, Reading};

/// The columns of the table.
pub const COLUMNS: &[Column] = &[
    Column {
        name: "活动编号",
        need: Need::Nothing,
        writing: Writing::Code,
        filled_down: true,
        zh: "活动的编号；整张表是同一活动时可省略此列，导入时另行指明。",
        en: "Number of the activity; the column may be left out where all rows are of one, which the import is told then.",
        example: "7d9f1c9e-5a0b-5c57-8f3a-0d3c1e4b2a10",
        ..Column::PLAIN
    },
    Column {
        name: "志愿者编号",
        also: &["志愿者号", "志愿者号码"],
        need: Need::Value,
        writing: Writing::Code,
        zh: "V开头的13位编号；须已报名该活动。",
        en: "13 characters beginning with V; they must have signed up for the activity.",
        example: "V0123456789AB",
        ..Column::PLAIN
    },
    Column {
        name: "签到",
        need: Need::Value,
        zh: "到达时间，如 9:00、下午2:30 或 2021-11-20 9:00；只写时间的，日期取活动当天。",
        en: "When they came, such as 9:00 or 2021-11-20 9:00; a time alone is of the activity's day.",
        example: "9:00",
        ..Column::PLAIN
    },
    Column {
        name: "签退",
        need: Need::Nothing,
        zh: "离开时间，写法同上；与“分钟”至少填一项。",
        en: "When they left, written likewise; this or “分钟” is needed.",
        example: "11:30",
        ..Column::PLAIN
    },
    Column {
        name: "分钟",
        need: Need::Nothing,
        zh: "实际服务时长，如 120 或 2小时；中途休息不计。留空的按签到至签退计算。",
        en: "Time actually given, such as 120 or “2小时”, without breaks; blank: all between coming and leaving.",
        example: "120",
        ..Column::PLAIN
    },
    Column {
        name: "备注",
        need: Need::Nothing,
        writing: Writing::Prose,
        zh: "服务内容，最多500字，不写个人信息；留空的取活动名称。",
        en: "What was done, at most 500 characters without personal data; blank: the activity's title.",
        example: "发放宣传册",
        ..Column::PLAIN
    },
];

/// The first day on which a cell of a spreadsheet can lie: before it, the cell holds a time alone.
const FIRST_DAY: Date = jiff::civil::date(1900, 1, 2);
/// From this hour on 晚上 is an evening; before, it is the night after it.
const MORNING: i8 = 5;
/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// A presence as the sheet tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 活动编号, where the row has one.
    pub activity: Option<ActivityId>,
    /// 志愿者编号.
    pub volunteer: PersonId,
    /// 签到.
    pub came: Moment,
    /// 签退; there, or minutes are.
    pub left: Option<Moment>,
    /// 分钟.
    pub minutes: Option<u32>,
    /// 备注.
    pub remark: Option<Text<500>>,
}

/// A moment in the county as a clerk writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// With its day.
    Exact(DateTime),
    /// A time of a day that the activity tells.
    OfTheDay(Time),
}

impl Moment {
    /// The moment itself, where a time alone is of this day.
    #[must_use]
    pub fn on(self, day: Date) -> Timestamp {
        let (day, time) = match self {
            Self::Exact(moment) => (moment.date(), moment.time()),
            Self::OfTheDay(time) => (day, time),
        };
        let seconds = i64::from(time.hour()) * 3_600
            + i64::from(time.minute()) * 60
            + i64::from(time.second());
        start_of_day(day)
            .saturating_add(SignedDuration::from_secs(seconds))
            .unwrap_or(Timestamp::MAX)
    }
}

/// Reads a sign-in sheet.
///
/// # Errors
/// When the file is no such table.
pub fn read(bytes: &[u8]) -> Result<Reading<Entry>, BadFile> {
    let tables = Tables::read(bytes, COLUMNS)?;
    let mut once = Once::new();
    read_rows(&tables, |fields| entry(fields, &mut once))
}

type Key = (Option<ActivityId>, PersonId, Moment);

fn entry(fields: &mut Fields<'_>, once: &mut Once<Key>) -> Option<Entry> {
    let before = fields.refusals();
    let activity = fields.read("活动编号", str::parse::<ActivityId>);
    let volunteer = fields.read("志愿者编号", str::parse::<PersonId>);
    let came = fields.read("签到", moment);
    let left = fields.read("签退", moment);
    let minutes = fields.read("分钟", minutes);
    let remark = fields.read("备注", Text::new);
    let (volunteer, came) = (volunteer?, came?);
    // A cell that was refused is there, so nothing is missing.
    if left.is_none() && minutes.is_none() && fields.refusals() == before {
        fields.refuse("签退", no_end());
    }
    if let Err(repeated) = once.note((activity, volunteer, came), fields.row(), "sign_in.repeated")
    {
        fields.refuse("签到", repeated);
    }
    Some(Entry { activity, volunteer, came, left, minutes, remark })
}

/// `9:00`, `9时30分`, `下午2:30`, a part of a day as a spreadsheet keeps it, or any of these after a date.
fn moment(text: &str) -> Result<Moment, Reason> {
    if let Some(time) = time(text) {
        return Ok(Moment::OfTheDay(time));
    }
    let at = text.find(['日', '号', ' ', 'T']).ok_or_else(bad_moment)?;
    let (day, rest) = text.split_at(at);
    let rest = rest.trim_start_matches(['日', '号', ' ', 'T']);
    let time = time(rest).ok_or_else(bad_moment)?;
    let after_midnight = rest.trim_start().starts_with("晚上") && time.hour() < MORNING;
    match date(day.trim()).map_err(|_| bad_moment())? {
        day if day < FIRST_DAY => Ok(Moment::OfTheDay(time)),
        day if after_midnight => Ok(Moment::Exact(day.saturating_add(1.day()).to_datetime(time))),
        day => Ok(Moment::Exact(day.to_datetime(time))),
    }
}

fn time(text: &str) -> Option<Time> {
    if let Some(part) = text.strip_prefix("0.") {
        return part_of_a_day(part);
    }
    // From which hour to which 12 are added: 中午11:30 is before noon, 晚上1:00 after midnight.
    let parts =
        [("上午", 1..1), ("早上", 1..1), ("中午", 1..4), ("下午", 1..12), ("晚上", MORNING..12)];
    let part = parts.into_iter().find_map(|(word, hours)| Some((text.strip_prefix(word)?, hours)));
    let is_night = text.starts_with("晚上");
    let (text, afternoon) = part.unwrap_or((text, 1..1));
    let text = text.trim();
    let spoken = text.replace(['时', '点'], ":").replace("半", "30");
    let spoken = spoken.trim_end_matches(['秒', '分']).replace('分', ":");
    let spoken = if spoken.ends_with(':') { format!("{spoken}00") } else { spoken };
    let parts: Vec<&str> = spoken.split(':').collect();
    let figure = |part: &&str| {
        let digits =
            (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<i8>().ok()).flatten()
    };
    let figures: Vec<i8> = parts.iter().map(figure).collect::<Option<_>>()?;
    let (hour, minute, second) = match figures.as_slice() {
        [hour, minute] => (*hour, *minute, 0),
        [hour, minute, second] => (*hour, *minute, *second),
        _ => return None,
    };
    let hour = match hour {
        12 if is_night => 0,
        hour if afternoon.contains(&hour) => hour + 12,
        hour => hour,
    };
    Time::new(hour, minute, second, 0).ok()
}

/// `375` of `0.375`: nine o'clock, to the nearest minute.
fn part_of_a_day(decimals: &str) -> Option<Time> {
    if decimals.is_empty() || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals = decimals.get(..9).unwrap_or(decimals);
    let scale = 10_u64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    let minutes = (decimals.parse::<u64>().ok()? * u64::from(DAY) * 2 + scale) / (2 * scale);
    let (hour, minute) = (i8::try_from(minutes / 60).ok()?, i8::try_from(minutes % 60).ok()?);
    Time::new(hour, minute, 0, 0).ok()
}

/// `120`, `120分钟`, `2小时`, `1小时30分`.
fn minutes(text: &str) -> Result<u32, Reason> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (hours, rest) = text.split_once("小时").unwrap_or(("", &text));
    let rest = rest.trim_end_matches('钟').trim_end_matches('分');
    let figure = |digits: &str| match digits {
        "" => Some(0),
        _ if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse::<u32>().ok(),
        _ => None,
    };
    let total = figure(hours)
        .zip(figure(rest))
        .and_then(|(hours, minutes)| hours.checked_mul(60)?.checked_add(minutes));
    total.filter(|total| (1..=7 * DAY).contains(total)).ok_or_else(|| {
        Reason::new(
            "sign_in.minutes",
            format!("服务时长应为1至{}分钟的整数，如 120 或 1小时30分。", 7 * DAY),
            format!(
                "Whole minutes from 1 to {} are expected, such as 120 or “1小时30分”.",
                7 * DAY
            ),
        )
    })
}

fn bad_moment() -> Reason {
    Reason::new(
        "sign_in.time",
        "时间应如 9:00、下午2:30 或 2021-11-20 9:00。",
        "A time such as 9:00 or 14:30 is expected, or one with its day such as 2021-11-20 9:00.",
    )
}

fn no_end() -> Reason {
    Reason::new(
        "sign_in.no_end",
        "签退和分钟至少填一项。",
        "Give when they left (签退), or for how many minutes they served (分钟).",
    )
}

#[cfg(test)]
mod tests;
